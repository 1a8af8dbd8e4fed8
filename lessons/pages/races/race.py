"""One race of a variant's sessions, run for the page."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import parse_qsl, urlsplit

from lab.race import RaceReport
from lab.recording.report import Status
from lessons.course.contract import Lesson, Variant
from lessons.pages.races.address import Address
from lessons.pages.races.lanes import Lanes
from lessons.pages.races.switches import RaceSwitches
from lessons.pages.races.turns import make_turns
from lessons.pages.runs.files import list_shown_files
from lessons.pages.runs.lab import running_files
from lessons.pages.switches import orders_page
from lessons.runs.racing import promise_of, race_variant
from lessons.words.listing import list_file
from lessons.words.races import tell_finish

_SHOWN = 100  # turns: a race that was stopped may have had thousands


@dataclass(frozen=True, kw_only=True)
class Ending:
    """How a session ended."""

    session: str
    words: str
    error: str | None
    end: str


@dataclass(frozen=True, kw_only=True)
class RacePage(RaceSwitches):
    """The part of the page that a switch swaps."""

    lesson: Lesson
    variant: Variant
    address: Address
    report: RaceReport

    @property
    def page(self):
        return self.variant.name

    @property
    def look(self):
        return self.address.look

    @cached_property
    def lanes(self):
        return Lanes(self.lesson, self.report)

    @cached_property
    def turns(self):
        turns = make_turns(self.lanes, self.address.played(self.variant), page=self.variant.name)
        return turns[: _SHOWN + 1]

    @property
    def hidden(self):
        """How many turns there are beside those shown."""
        return max(0, len(self.report.turns) - _SHOWN)

    @property
    def listings(self):
        return [
            list_file(path, name=name, groups=self.lanes.fired)
            for name, path in running_files(self.lesson, self.variant)
        ]

    @property
    def promise(self):
        return promise_of(self.lesson, self.variant)

    @property
    def rules(self):
        """race.py, which the listings of what runs leave out."""
        return list_file(self.lesson.folder / "race.py", name="race.py")

    @property
    def shown_files(self):
        return list_shown_files(self.lesson)

    @property
    def endings(self):
        return [
            Ending(session=each.session, words=tell_finish(each), error=each.error, end=str(each.end))
            for each in self.report.finishes
        ]

    @property
    def breaks_promise(self):
        """Whether the lesson declares that this race ends otherwise."""
        story = next((story for story in self.variant.races if self.tells(story)), None)
        declared = story and story.outcome.get(self.shelf.engine_name)
        ended = self.report.status == Status.OK and not self.look
        return bool(ended and declared and declared != self.report.outcome)

    @property
    def hidden_fields(self):
        """[(name, value)] of what an address says beside the schedule."""
        said = self.address.played(self.variant).url(self.page, look="")
        return [field for field in parse_qsl(urlsplit(said).query) if field[0] != "schedule"]

    @property
    def schedule_text(self):
        """The turns that were had, as the address names them."""
        return " ".join(self.report.schedule)

    @property
    def whole_url(self):
        """The race that was looked into, played to its end."""
        return self.address.played(self.variant).url(self.page, look="")

    @property
    def here_url(self):
        """This race on the page of its variant."""
        return self.address.url(self.page)

    @property
    def orders_url(self):
        return self.address.played(self.variant).url(orders_page(self.variant), schedule=None, look="")


def make_race(lesson, variant, address):
    """Run the race that the address asks for. Raises LabError or LessonError."""
    report = race_variant(
        lesson,
        variant,
        address.shelf,
        address.schedule_of(variant),
        isolation=address.isolation_of(variant),
        look=address.look or None,
    )
    return RacePage(lesson=lesson, variant=variant, address=address, report=report)
