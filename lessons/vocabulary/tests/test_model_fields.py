import pytest
from django.core.exceptions import FieldError
from django.db import models

from lessons.vocabulary.model_fields import describe_lookups, describe_models
from library import models as library

DESCRIBED = describe_models()
FACTS = [
    (getattr(library, model), name, facts) for model, fields in DESCRIBED.items() for name, facts in fields.items()
]


def test_types_are_in_plain_words():
    book = {name: facts["type"] for name, facts in DESCRIBED["Book"].items()}
    assert book["title"] == "text"
    assert book["pages"] == book["author_id"] == book["pk"] == "whole number"
    assert book["published_on"] == "date or None"
    assert book["is_published"] == "true or false"
    assert book["author"] == "Author"
    assert book["editor"] == "Author or None"
    assert book["genres"] == "many Genre"
    assert DESCRIBED["Author"]["profile"]["type"] == "Profile or None"


def test_every_field_can_be_filtered_by():
    for model, name, facts in FACTS:
        lookup = "isnull" if "to" in facts else "exact"
        assert model.objects.filter(**{f"{name}__{lookup}": models.F("pk") if lookup == "exact" else True}).query


@pytest.mark.parametrize("kind", ["forward", "back", "many"])
def test_relations_to_one_alone_can_be_joined(kind):
    found = [(model, name) for model, name, facts in FACTS if facts.get("kind") == kind]
    assert found
    for model, name in found:
        joined = model.objects.select_related(name)
        if kind == "many":
            with pytest.raises(FieldError):
                str(joined.query)
        else:
            assert "JOIN" in str(joined.query)


def test_relation_is_an_attribute_of_that_name():
    for model, name, facts in FACTS:
        if "to" in facts:
            assert hasattr(model, facts.get("accessor", name))


def test_bound_rows_cannot_be_removed():
    for model, name, facts in FACTS:
        if facts.get("kind") == "many":
            manager = getattr(model, name)
            assert hasattr(manager.related_manager_cls, "remove") is not facts.get("bound", False)
    assert DESCRIBED["Author"]["books"]["bound"]
    assert "bound" not in DESCRIBED["Author"]["edited_books"]


def test_lookups_are_those_of_the_field():
    lookups = describe_lookups()
    for model, name, facts in FACTS:
        known = lookups[facts["lookups"]]
        if "to" not in facts and "alias" not in facts:
            field = model._meta.get_field(name)
            assert all(field.get_lookup(each) for each in known["lookups"])
            assert all(field.get_transform(each) for each in known["transforms"])
    assert "icontains" in lookups["text"]["lookups"]
    assert "icontains" not in lookups["decimal"]["lookups"]
    assert lookups["date"]["transforms"]["year"] == "whole number"
    assert "hour" not in lookups["date"]["transforms"]
    assert lookups["date and time"]["transforms"]["date"] == "date"
