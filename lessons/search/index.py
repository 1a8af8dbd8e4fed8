"""The index of a course, made when it is first asked for, and kept."""

import json
from dataclasses import asdict, dataclass
from functools import lru_cache

from django.urls import get_script_prefix

from lessons.course.catalog import Catalog
from lessons.search.documents import FIELDS, Document, make_documents
from lessons.search.engine import Engine


@dataclass(frozen=True, kw_only=True)
class Index:
    engine: Engine
    json: str  # what frontend/ranking.js makes its own index of


def get_index(catalog: Catalog) -> Index:
    return _make_index(catalog, get_script_prefix())


@lru_cache(maxsize=1)
def _make_index(catalog: Catalog, prefix: str) -> Index:
    """prefix: which reverse() puts before the addresses in it"""
    documents = make_documents(catalog)
    return Index(engine=Engine(documents), json=_as_json(documents))


def _as_json(documents: list[Document]) -> str:
    filled = [{name: value for name, value in asdict(document).items() if value} for document in documents]
    return json.dumps({"fields": FIELDS, "documents": filled}, ensure_ascii=False, separators=(",", ":"))
