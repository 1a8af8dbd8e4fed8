"""The races of two variants side by side, and the difference of their files."""

from dataclasses import dataclass, replace

from lessons.course.contract import Lesson
from lessons.pages.races.address import Address
from lessons.pages.races.race import RacePage, make_race
from lessons.pages.races.switches import RaceSwitches
from lessons.pages.runs.compare import align
from lessons.pages.switches import pair_choices


@dataclass(frozen=True, kw_only=True)
class RaceComparison(RaceSwitches):
    """Two variants, each just raced: by one schedule, or each by its own story."""

    lesson: Lesson
    address: Address
    left: RacePage
    right: RacePage

    page = "compare"

    @property
    def variant(self):
        """Whose level the switch shows."""
        return self.left.variant

    @property
    def sides(self):
        """The two races, each with a prefix that keeps their anchors apart."""
        return [{"race": self.left, "prefix": "left-"}, {"race": self.right, "prefix": "right-"}]

    @property
    def rows(self):
        """The files of both, aligned: a list of (Side, Side)."""
        lines = [side.listings[0].lines for side in (self.left, self.right)]
        texts = [side.variant.source.splitlines() for side in (self.left, self.right)]
        return list(align(*lines, texts))

    @property
    def also(self):
        return {"left": self.left.variant.name, "right": self.right.variant.name}

    @property
    def kept(self):
        return {}

    @property
    def other_pairs(self):
        said = self.address.schedule and {"schedule": " ".join(self.address.schedule)}
        return pair_choices(
            self.lesson,
            self.shelf,
            page=self.page,
            left=self.left.variant,
            right=self.right.variant,
            **({"isolation": self.address.isolation} if self.address.isolation else {}),
            **(said or {}),
        )


def make_race_comparison(lesson, left, right, address):
    """Run both races. Raises LabError or LessonError."""
    address = replace(address, look="")
    return RaceComparison(
        lesson=lesson,
        address=address,
        left=make_race(lesson, left, address),
        right=make_race(lesson, right, address),
    )
