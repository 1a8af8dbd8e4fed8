"""One race of a variant's sessions, run for the page."""

from dataclasses import dataclass
from functools import cached_property, partial
from urllib.parse import parse_qsl, urlsplit

from lab.race import RaceReport
from lab.recording.report import Status
from lessons.course.contract import Variant
from lessons.pages.commands import run_command
from lessons.pages.operator.ran import Run
from lessons.pages.races.base import RacesPage
from lessons.pages.races.lanes import Lanes
from lessons.pages.races.turns import make_turns
from lessons.pages.waiting import what_runs
from lessons.runs.code import promise_of, running_files
from lessons.words.listing import list_file
from lessons.words.races import tell_finish
from lessons.words.shown_files import list_shown_files

_SHOWN = 100  # turns: a race that was stopped may have had thousands


@dataclass(frozen=True, kw_only=True)
class Ending:
    """How a session ended."""

    session: str
    words: str
    error: str | None
    end: str


@dataclass(frozen=True, kw_only=True)
class RacePage(RacesPage):
    """The part of the page that a switch swaps."""

    variant: Variant
    report: RaceReport

    scripts = ("js/race.js",)

    has_code = True

    @property
    def ran(self):
        return (Run(what=self.variant.name, shelf=self.shelf, report=self.report),)

    @property
    def raced(self):
        return self.variant

    @property
    def heading(self):
        return self.variant.title

    @property
    def current(self):
        return self.variant.name

    def there(self, shelf, **said):
        return self.addresses.variant(self.variant, shelf, **said)

    @property
    def kept(self):
        """The schedule, since the story may be told of one level."""
        return {"schedule": self.address.schedule_of(self.variant)}

    @property
    def look(self):
        return self.address.look

    @cached_property
    def lanes(self):
        return Lanes(self.lesson, self.report)

    @cached_property
    def turns(self):
        turns = make_turns(self.lanes, self._played, self.there)
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
        said = self._played.url(self.there, look="")
        return [field for field in parse_qsl(urlsplit(said).query) if field[0] != "schedule"]

    @property
    def schedule_text(self):
        """The turns that were had, as the address names them."""
        return " ".join(self.report.schedule)

    @property
    def whole_url(self):
        """The race that was looked into, played to its end."""
        return self._played.url(self.there, look="")

    @property
    def here_url(self):
        """This race on the page of its variant."""
        return self.address.url(self.there)

    @property
    def orders_url(self):
        there = partial(self.addresses.orders, self.variant)
        return self._played.url(there, schedule=None, look="")

    @property
    def orders_work(self):
        """What they have to run."""
        return what_runs(self.lesson, "orders", self.shelf.engine)

    @property
    def command(self):
        played, engine = self._played, self.shelf.engine_name
        schedule = " ".join(played.schedule)
        return run_command(
            self.lesson, self.variant.name, engine=engine, schedule=schedule, isolation=played.isolation
        )

    @property
    def _played(self):
        return self.address.played(self.variant)


def make_race(variant, address):
    """Run the race that the address asks for. Raises LabError or LessonError."""
    shelved = address.shelved
    report = shelved.race(
        variant,
        address.schedule_of(variant),
        isolation=address.isolation_of(variant),
        look=address.look or None,
    )
    return RacePage(shelved=shelved, variant=variant, address=address, report=report)
