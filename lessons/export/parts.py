"""A page of the site as a file of an export: where it lies, and what its links are."""

from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import urlencode

from django.utils.text import slugify

_LONGEST = 80  # characters of a folder's name that a value gives


@dataclass(frozen=True, order=True)
class Part:
    """path: as in the address, with what comes before all of the site's. said: what its query says, by name"""

    prefix: str
    path: str
    said: tuple[tuple[str, str], ...] = ()
    lesson: str = ""  # its path; "" for a page of the whole course
    asked: str = field(default="", compare=False)  # what a script of the page reads of its address, "?q=n%2B1"

    @property
    def address(self) -> str:
        """What the live site is asked for."""
        return f"{self.path}?{urlencode(self.said)}" if self.said else self.path

    @property
    def url(self) -> str:
        """Its address in the export: what a query says is a folder each."""
        return self.path + "".join(f"{_folder(*each)}/" for each in self.said)

    @property
    def file(self) -> str:
        """Where it lies in the export's folder."""
        there = self.url.removeprefix(self.prefix)
        return f"{there}index.html" if there.endswith("/") or not there else there


def _folder(name: str, value: str) -> str:
    folder = f"{name}-{slugify(value)}"
    if len(folder) <= _LONGEST:
        return folder
    return f"{name}-{sha256(value.encode()).hexdigest()[:16]}"  # the order of many turns
