"""What a page of the site names, and the page as an export has it: with its links to the other files of it."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from html import escape, unescape
from typing import Any
from urllib.parse import urldefrag, urljoin

from lessons.export.parts import Part

# HTML as our templates write it. A parser finds the same, as a test shows, and takes a third of an export's time.
_ATTRIBUTES = r"""(?:\s+[^\s"'<>/=]+(?:="[^"]*"|='[^']*')?)*\s*/?"""
MARKUP = re.compile(
    rf"<!--.*?-->|(?P<opens><(?P<raw>script|style){_ATTRIBUTES}>)(?P<content>.*?)(?=</(?P=raw)>)"
    rf"|(?P<tag><(?P<name>[a-z][a-z0-9-]*){_ATTRIBUTES}>)",
    re.DOTALL,
)
_MAY_CHANGE = re.compile(r"\s(?:href|src|action|formaction|hx-|data-)|<form")
_ATTRIBUTE = re.compile(r'(\s)([a-z][a-z-]*)="([^"]*)"')
_RELATIVE = re.compile(r'\s(?:href|src|action|formaction|hx-get)="(?![/#]|https?:)')
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
    _tags: dict[tuple[str, str], tuple[str, frozenset[Part]]] = field(default_factory=dict)

    def forget(self) -> None:
        """Take no more memory than the pages of a lesson need."""
        self._tags.clear()

    def html(self, address: str, text: str) -> str:
        return MARKUP.sub(partial(self._markup, address), text)

    def _markup(self, address: str, found: re.Match[str]) -> str:
        if tag := found["tag"]:
            return self.tag(address, found["name"], tag) if _MAY_CHANGE.search(tag) else tag
        if not (opens := found["opens"]):  # a comment
            return found[0]
        is_json = ' type="application/json"' in opens
        content = self.json(found["content"]).translate(_ESCAPES) if is_json else found["content"]
        return self.tag(address, found["raw"], opens) + content

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
        """A start tag, with its links as the export has them. Most are the same on many pages."""
        key = (address if _RELATIVE.search(raw) else "", raw)
        if key not in self._tags:
            found = {*self.found}
            self.found.clear()
            self._tags[key] = self._rewritten(address, name, raw), frozenset(self.found)
            self.found.update(found)
        tag, named = self._tags[key]
        self.found.update(named)
        return tag

    def _rewritten(self, address: str, name: str, raw: str) -> str:
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
