"""The switches of the pages of races."""

from lab.engines import get_engine
from lab.race import isolation_levels, isolation_meaning
from lessons.pages.offered import offered_pages
from lessons.pages.switches import Choice, engine_links
from lessons.runs.racing import race_shelf


class RaceSwitches:
    """Choices for a page that has lesson, variant, address (an Address), and the name of its own `page`."""

    also: dict = {}  # what else its addresses say

    @property
    def shelf(self):
        return self.address.shelf

    @property
    def engine_version(self):
        return self.shelf.engine.version()

    @property
    def isolation(self):
        return self.address.isolation_of(self.variant)

    @property
    def variant_choices(self):
        variants = {self.page_of(variant): variant.title for variant in self.lesson.variants}
        pages = {**variants, **offered_pages(self.lesson)}
        return [
            Choice(
                label=label,
                url=self.address.url(page, look=""),
                current=page == self.page,
                key=f"show-{page.partition('/')[0]}",
            )
            for page, label in pages.items()
        ]

    def page_of(self, variant):
        """Where the switch of variants leads."""
        return variant.name

    @property
    def engine_choices(self):
        return engine_links(self.shelf, lambda name: self.address.on(name).url(self.page, also=self.also, look=""))

    @property
    def isolation_choices(self):
        return [
            Choice(
                label=level,
                url=self.address.url(self.page, also=self.also, isolation=level, look="", **self.kept),
                current=level == self.isolation,
                key=f"isolation-{level.replace(' ', '-')}",
            )
            for level in isolation_levels(self.shelf.engine_name)
        ]

    @property
    def isolation_meaning(self):
        return isolation_meaning(self.shelf.engine_name, self.isolation)

    @property
    def kept(self):
        """What another level keeps: the schedule, since the story may be told of one level."""
        return {"schedule": self.address.schedule_of(self.variant)}

    @property
    def story_choices(self):
        return [self._story_choice(n, race) for n, race in enumerate(self.variant.races, start=1)]

    def _story_choice(self, n, race):
        here = self.shelf.engine_name
        engine = here if here in race.outcome or not race.outcome else next(iter(race.outcome))
        shelf = race_shelf(engine)
        return Choice(
            label=race.title if engine == here else f"{race.title} ({get_engine(engine).label})",
            url=self.address.url(
                self.variant.name, shelf=shelf, schedule=race.schedule, isolation=race.isolation, look=""
            ),
            current=self.tells(race),
            key=f"story-{n}",
        )

    def tells(self, race):
        """Whether the page tells this declared race."""
        level = race.isolation or isolation_levels(self.shelf.engine_name)[0]
        return (self.address.schedule_of(self.variant), self.isolation) == (race.schedule, level)
