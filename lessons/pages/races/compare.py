"""The races of two variants side by side, and the difference of their files."""

from dataclasses import dataclass, replace

from lessons.pages.base import PageOfAll
from lessons.pages.commands import run_command
from lessons.pages.races.base import RacesPage
from lessons.pages.races.race import RacePage, make_race
from lessons.pages.runs.compare import align_files
from lessons.pages.switches import pair_choices


@dataclass(frozen=True, kw_only=True)
class RaceComparison(RacesPage, PageOfAll):
    """Two variants, each just raced: by one schedule, or each by its own story."""

    left: RacePage
    right: RacePage

    current = "compare"

    has_code = True

    @property
    def raced(self):
        return self.left.variant

    @property
    def ran(self):
        return (*self.left.ran, *self.right.ran)

    @property
    def command(self):
        address = self.address
        schedule = " ".join(address.schedule or ())
        return run_command(
            self.lesson, "all", engine=self.shelf.engine_name, schedule=schedule, isolation=address.isolation
        )

    @property
    def also(self):
        return {"left": self.left.variant.name, "right": self.right.variant.name}

    @property
    def sides(self):
        """The two races, each with a prefix that keeps their anchors apart."""
        return [{"race": self.left, "prefix": "left-"}, {"race": self.right, "prefix": "right-"}]

    @property
    def rows(self):
        """The files of both, aligned: a list of (ComparedLine, ComparedLine)."""
        return align_files(self.left, self.right)

    @property
    def pair_choices(self):
        def there(**pair):
            return self.address.url(self.there, also=pair)

        return pair_choices(self.lesson, there, left=self.left.variant, right=self.right.variant)


def make_race_comparison(left, right, address):
    """Run both races. Raises LabError or LessonError."""
    address = replace(address, look="")
    return RaceComparison(
        shelved=address.shelved, address=address, left=make_race(left, address), right=make_race(right, address)
    )
