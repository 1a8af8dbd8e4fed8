import json

from lessons.course.catalog import get_catalog, read_catalog
from lessons.search.documents import FIELDS, make_documents
from lessons.search.index import get_index


def test_index_is_made_once_for_a_catalog(course):
    catalog = get_catalog()
    assert get_index(catalog) is get_index(catalog)
    course.change("lesson.toml", "Titles of one query", "Another query")
    changed = get_index(read_catalog(course.content))
    assert changed.json != get_index(catalog).json
    assert changed.engine.search("another query").documents[0].title == "Another query"


def test_json_has_what_is_filled_of_every_document():
    index = json.loads(get_index(get_catalog()).json)
    assert index["fields"] == FIELDS
    for document, made in zip(index["documents"], make_documents(get_catalog()), strict=True):
        assert all(document.values())
        for name in ("kind", "url", "weight", "title", "says", "track", "text"):
            assert document.get(name, "") == getattr(made, name)
        for name in ("names", "asked"):
            assert tuple(document.get(name, ())) == getattr(made, name)
