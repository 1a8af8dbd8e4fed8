"""What the pages of races have in common."""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from lab.engines import get_engine
from lab.race import isolation_levels, isolation_meaning
from lab.shelves import Shelf
from lessons.course.contract import Race, Variant
from lessons.pages.base import LessonPage
from lessons.pages.races.address import RaceAddress
from lessons.pages.switches import Choice, engine_choices
from lessons.runs.shelved import race_shelf


@dataclass(frozen=True, kw_only=True)
class RacesPage(LessonPage):
    """A page that says what a race's address does."""

    address: RaceAddress

    shelf_choices = ()  # races have one size

    @property
    @abstractmethod
    def raced(self) -> Variant:
        """The variant whose level and stories the switches show."""

    @property
    def also(self) -> dict[str, str]:
        """What its addresses say beside what a RaceAddress does."""
        return {}

    def url(self, shelf: Shelf | None = None, **changes: Any) -> str:
        """The address of a page like this one; `changes` are to fields of its RaceAddress."""
        on = {"shelf": shelf} if shelf else {}
        return self.address.url(self.there, also=self.also, look="", **on, **changes)

    def to_variant(self, variant: Variant) -> str:
        return self.address.url(partial(self.addresses.variant, variant), look="")

    def to_page(self, name: str) -> str:
        return self.address.url(partial(self.addresses.page, name), look="")

    @property
    def engine_choices(self) -> Sequence[Choice]:
        return engine_choices(
            self.shelf,
            lambda name: self.address.on(name).url(self.there, also=self.also, look=""),
            self.work_on,
        )

    @property
    def isolation(self) -> str:
        return self.address.isolation_of(self.raced)

    @property
    def isolation_choices(self) -> list[Choice]:
        return [
            Choice(
                label=level,
                url=self.url(isolation=level, **self.kept),
                current=level == self.isolation,
                key=f"isolation-{level.replace(' ', '-')}",
            )
            for level in isolation_levels(self.shelf.engine_name)
        ]

    @property
    def isolation_meaning(self) -> str:
        return isolation_meaning(self.shelf.engine_name, self.isolation)

    @property
    def kept(self) -> dict[str, Any]:
        """What another level keeps."""
        return {}

    def tells(self, race: Race) -> bool:
        """Whether the page tells this declared race."""
        level = race.isolation or isolation_levels(self.shelf.engine_name)[0]
        return (self.address.schedule_of(self.raced), self.isolation) == (race.schedule, level)

    @property
    def story_choices(self) -> list[Choice]:
        return [self._story_choice(n, race) for n, race in enumerate(self.raced.races, start=1)]

    def _story_choice(self, n, race):
        here = self.shelf.engine_name
        engine = here if here in race.outcome or not race.outcome else next(iter(race.outcome))
        return Choice(
            label=race.title if engine == here else f"{race.title} ({get_engine(engine).label})",
            url=self.address.url(
                partial(self.addresses.variant, self.raced),
                shelf=race_shelf(engine),
                schedule=race.schedule,
                isolation=race.isolation,
                look="",
            ),
            current=self.tells(race),
            key=f"story-{n}",
        )
