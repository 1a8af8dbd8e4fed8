"""The claims of a lesson, each put to the test just now. Races have claims too."""

from dataclasses import dataclass

from lessons.pages.base import LessonPage
from lessons.pages.operator.ran import Run
from lessons.runs.verdicts import Verdict, judge


@dataclass(frozen=True, kw_only=True)
class ClaimsPage(LessonPage):
    verdicts: list[Verdict]

    heading = "Claims"
    has_prose = False
    shelf_choices = ()  # claims have one size

    @property
    def ran(self):
        return tuple(Run(what=v.claim.name, shelf=self.shelf, report=v.report) for v in self.verdicts)

    def there(self, shelf, **said):
        return self.addresses.claims(shelf)


def make_claims(shelved):
    return ClaimsPage(shelved=shelved, verdicts=judge(shelved))
