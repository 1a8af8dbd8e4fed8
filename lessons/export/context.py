"""What a page of an export says of the export."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse

_OF_ANSWERS_ALONE = {"frame-ancestors"}  # what a page itself cannot say


@dataclass(frozen=True, kw_only=True)
class Export:
    """Templates have it as `export`, in an export alone."""

    made_at: datetime
    source: str  # address where readers get the site to run it; "" where none was given

    @property
    def elsewhere(self) -> str:
        """The page about what is not in it."""
        return reverse("yourself")

    @property
    def policy(self) -> str:
        """The site's Content-Security-Policy: a plain host sends none."""
        directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
        told = {name: values for name, values in directives.items() if name not in _OF_ANSWERS_ALONE}
        return "; ".join(f"{name} {' '.join(values)}" for name, values in told.items())
