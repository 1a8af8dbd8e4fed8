"""The site, asked in this process for what an export is made of."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from wsgiref.util import setup_testing_defaults

from django.core.handlers.wsgi import WSGIHandler

from lessons.export.context import Export

HOST = "127.0.0.1"  # that the site always answers to; no page of an export may say it


@dataclass(frozen=True, kw_only=True)
class Answer:
    status: int
    content_type: str
    body: bytes


class Site:
    """prefix: what all addresses begin with, such as "/" or "/course/"."""

    def __init__(self, prefix: str, export: Export) -> None:
        self._script_name, self._export = prefix.rstrip("/"), export
        self._handler = WSGIHandler()

    def get(self, address: str) -> Answer:
        path, _, query = address.partition("?")
        environ: dict[str, Any] = {
            "SCRIPT_NAME": self._script_name,
            "PATH_INFO": urlsplit(path).path.removeprefix(self._script_name),
            "QUERY_STRING": query,
            "HTTP_HOST": HOST,
            "queryshelf.export": self._export,
        }
        setup_testing_defaults(environ)
        told: dict[str, Any] = {}

        def start_response(status: str, headers: list[tuple[str, str]], *_: Any) -> None:
            told.update(status=int(status.split()[0]), headers=dict(headers))

        response = self._handler(environ, start_response)
        try:
            body = b"".join(response)
        finally:
            response.close()
        return Answer(status=told["status"], content_type=told["headers"].get("Content-Type", ""), body=body)
