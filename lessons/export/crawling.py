"""One process's share of an export: it asks the site for pages, and writes each as a file."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from lessons.export.asking import Answer, Site
from lessons.export.parts import Part
from lessons.export.rewriting import Rewriter

_GOES_ON = b' id="go-on"'  # of a page that runs what is left of a long measurement with each visit
_MOST_VISITS = 200
_SHOWN = 300  # characters of what the site said


@dataclass(frozen=True, kw_only=True)
class Crawled:
    written: frozenset[Part]
    named: frozenset[Part]  # by them, and not written
    failed: tuple[tuple[str, str], ...] = ()  # (address, what the site said)


class Crawler:
    """rewriter: makes of a page what the export has of it"""

    def __init__(self, site: Site, rewriter: Rewriter, folder: Path) -> None:
        self._site, self._rewriter, self._folder = site, rewriter, folder

    def parts(self, addresses: Iterable[str]) -> tuple[Part, ...]:
        """Of those addresses that the export has."""
        return tuple(part for address in addresses if (part := self._rewriter.part(address)))

    def crawl(self, parts: Iterable[Part], done: frozenset[Part] = frozenset()) -> Crawled:
        """Write these parts, and whatever of the same lesson they name, but for what is done."""
        waiting, written, named, failed = [*parts], set(done), set[Part](), []
        lessons = {part.lesson for part in waiting} - {""}
        self._rewriter.forget()
        while waiting:
            part = waiting.pop()
            if part in written:
                continue
            written.add(part)
            answer = self._ask(part)
            if answer.status != 200:
                failed.append((part.address, f"{answer.status} {answer.body.decode(errors='replace')[:_SHOWN]}"))
                continue
            self._rewriter.found.clear()
            self._write(part, answer)
            named |= self._rewriter.found
            waiting += sorted(each for each in self._rewriter.found if each.lesson in lessons)
        return Crawled(written=frozenset(written - done), named=frozenset(named - written), failed=tuple(failed))

    def _ask(self, part: Part) -> Answer:
        for _ in range(_MOST_VISITS):
            answer = self._site.get(part.address)
            if _GOES_ON not in answer.body:
                break
        return answer

    def _write(self, part: Part, answer: Answer) -> None:
        body = answer.body
        if answer.content_type.startswith("text/html"):
            body = self._rewriter.html(part.address, body.decode()).encode()
        elif answer.content_type == "application/json":
            body = self._rewriter.json(body.decode()).encode()
        file = self._folder / part.file
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("xb") as opened:  # two parts in one place would be a fault of Part.url
            opened.write(body)
