"""Every access of a run, in order, and who answered it."""

from dataclasses import dataclass
from functools import cached_property

from lab.exceptions import NoAccesses
from lab.recording.entry_points import Answer
from lab.running.accesses import Access
from lessons.words.listing import access_key
from lessons.words.sql_text import summary


@dataclass(frozen=True, kw_only=True)
class ListedAccess:
    """One entry of the list."""

    access: Access
    code: str  # the expression, or a template's line; empty where no line of the lesson asked
    statements: tuple[tuple[int, str], ...]  # (index, summary) of those that the log shows

    @property
    def key(self):
        return access_key(self.access)

    @property
    def keys(self):
        """Of what lights together with it."""
        return [self.key, *(str(index) for index, _ in self.statements)]


@dataclass(frozen=True, kw_only=True)
class AccessList:
    listed: tuple[ListedAccess, ...] = ()
    reason: str | None = None  # why there is none

    @property
    def all(self):
        return [each.access for each in self.listed]

    @cached_property
    def count(self):
        return sum(access.count for access in self.all)

    @cached_property
    def count_by_database(self):
        return sum(access.count for access in self.all if access.answered_by == Answer.DATABASE)


def make_accesses(shelved, variant, report):
    """Run the variant again and return its AccessList, whose statements are those of `report`."""
    try:
        accesses = shelved.accesses(variant)
    except NoAccesses as error:
        return AccessList(reason=str(error))
    logged = {group.index: summary(group.sql) for group in report.groups}
    return AccessList(listed=tuple(_list(shelved.lesson, access, logged) for access in accesses))


def _list(lesson, access, logged):
    return ListedAccess(
        access=access,
        code="" if access.place is None else _excerpt(lesson.folder, access.place),
        statements=tuple((index, logged[index]) for index in access.statements if index in logged),
    )


def _excerpt(folder, place):
    """The source of a place, on one line."""
    source = (folder / place.file).read_text(encoding="utf-8")
    lines = source.splitlines()[place.line - 1 : place.end_line]
    if place.column is not None:
        lines[-1] = lines[-1][: place.end_column]
        lines[0] = lines[0][place.column :]
    return " ".join(" ".join(lines).split())
