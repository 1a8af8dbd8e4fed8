"""What a page of the site names, and the page as an export has it: with its links to the other files of it."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape, unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urldefrag, urljoin

from lessons.export.parts import Part

_ATTRIBUTE = re.compile(r'(\s)([a-z][a-z-]*)="([^"]*)"')
_LINKS = {"href", "src", "action", "formaction", "hx-get"}
_LIVE = re.compile(r'\s(?:hx-[a-z-]+|data-runs)(?:="[^"]*")?')  # what a link to a run has
_RUNS = re.compile(r'\sdata-runs(?:="[^"]*")?')
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}  # as Django's json_script has them


@dataclass(frozen=True, kw_only=True)
class Rewriter:
    """part: finds the Part of an address. elsewhere: address of the page about what is not in the export."""

    part: Callable[[str], Part | None]
    prefix: str
    static: str  # what addresses of static files begin with
    elsewhere: str
    found: set[Part] = field(default_factory=set)  # what was named

    def html(self, address: str, text: str) -> str:
        edits = _Reader(self, address, text).edits
        for start, end, new in reversed(edits):
            text = text[:start] + new + text[end:]
        return text

    def json(self, text: str) -> str:
        """The text itself where nothing in it has another address in the export."""
        value = json.loads(text)
        told = self._told(value)
        return text if told == value else json.dumps(told, ensure_ascii=False)

    def _told(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: self._told(each) for key, each in value.items()}
        if isinstance(value, list):
            return [self._told(each) for each in value]
        if isinstance(value, str) and value.startswith(self.prefix) and (part := self._find(value)):
            return part.url + part.asked + _place(value)
        return value

    def tag(self, address: str, name: str, raw: str) -> str:
        """A start tag, with its links as the export has them."""
        if name == "form":
            return self._form(address, raw)
        if any(self._leads_out(address, *each[1:]) for each in _ATTRIBUTE.findall(raw)):
            raw = _LIVE.sub("", raw)
            raw = raw if ' title="' in raw else raw.replace(" ", ' title="Not in this recorded copy" ', 1)
        return self._relinked(address, _RUNS.sub("", raw))

    def _form(self, address: str, raw: str) -> str:
        """What a form sends is read by a script, or has a page of its own, or none here."""
        action = dict(each[1:] for each in _ATTRIBUTE.findall(raw)).get("action", "")
        if action and ("?" in action or action.endswith("/search/")):
            return self._relinked(address, raw)
        raw = _LIVE.sub("", raw)
        if 'method="get"' not in raw:
            return raw
        return _ATTRIBUTE.sub(lambda found: "" if found[2] == "action" else found[0], raw).replace(
            "<form", f'<form action="{self.elsewhere}"', 1
        )

    def _relinked(self, address: str, raw: str) -> str:
        return _ATTRIBUTE.sub(
            lambda found: f'{found[1]}{found[2]}="{self._link(address, *found.groups()[1:])}"', raw
        )

    def _link(self, address: str, name: str, value: str) -> str:
        if not _is_link(name, value):
            return value
        there = self._absolute(address, unescape(value))
        if there is None:
            return value
        if part := self._find(there):
            return escape(part.url + part.asked + _place(there))
        return self.elsewhere if name in _LINKS else value

    def _leads_out(self, address: str, name: str, value: str) -> bool:
        there = self._absolute(address, unescape(value)) if name in ("href", "hx-get") else None
        return there is not None and self._find(there) is None

    def _absolute(self, address: str, link: str) -> str | None:
        """Of a link to another page of the site, else None."""
        if link.startswith("#"):
            return None
        there = urljoin(address, link)
        return there if there.startswith("/") and not there.startswith(self.static) else None

    def _find(self, address: str) -> Part | None:
        part = self.part(urldefrag(address).url)
        if part:
            self.found.add(part)
        return part


def _is_link(name: str, value: str) -> bool:
    return name in _LINKS or (name.startswith("data-") and value.startswith("/"))


def _place(address: str) -> str:
    place = urldefrag(address).fragment
    return f"#{place}" if place else ""


class _Reader(HTMLParser):
    """Finds start tags, and JSON in scripts: `edits` are (start, end, new text) of those that change."""

    def __init__(self, rewriter: Rewriter, address: str, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self.edits: list[tuple[int, int, str]] = []
        self._rewriter, self._address = rewriter, address
        self._lines = [0]
        for line in text.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        self._reads_json = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._reads_json = tag == "script" and ("type", "application/json") in attrs
        raw = self.get_starttag_text() or ""
        self._edit(raw, self._rewriter.tag(self._address, tag, raw))

    def handle_data(self, data: str) -> None:
        if self._reads_json:
            self._edit(data, self._rewriter.json(data).translate(_ESCAPES))

    def handle_endtag(self, tag: str) -> None:
        self._reads_json = False

    def _edit(self, old: str, new: str) -> None:
        if new != old:
            line, column = self.getpos()
            start = self._lines[line - 1] + column
            self.edits.append((start, start + len(old), new))
