from importlib import import_module

import pytest
from django.db.models import QuerySet

from lessons.vocabulary.orm_api import _GIVES, describe_methods, describe_modules
from library.models import Book

METHODS = describe_methods()
NEWER = {"fetch_mode"}  # than Django 5.2


def test_signatures_are_one_line():
    queryset = METHODS["queryset"]
    assert queryset["filter"]["signature"] == "(*args, **kwargs)"
    assert queryset["get_or_create"]["signature"] == "(defaults=None, **kwargs)"
    assert queryset["bulk_create"]["signature"].endswith(", …)")
    assert max(len(each["signature"]) for methods in METHODS.values() for each in methods.values()) < 70


def test_managers_have_what_they_share_with_querysets():
    assert {"delete", "adelete"} == METHODS["queryset"].keys() - METHODS["manager"].keys()
    assert {"add", "remove", "set", "clear"} <= METHODS["related"].keys()
    assert not {name for methods in METHODS.values() for name in methods if name.startswith("_")}


def test_what_gives_something_is_a_method():
    for names in _GIVES.values():
        assert {name for name in names.split() if not hasattr(QuerySet, name)} <= NEWER


@pytest.mark.parametrize(
    "name",
    ["all", "annotate", "defer", "distinct", "exclude", "filter", "none", "only", "order_by", "reverse", "values"],
)
def test_queryset_that_is_given_is_one(name):
    assert isinstance(getattr(Book.objects.none(), name)(), QuerySet)
    assert METHODS["queryset"][name]["gives"] == ("rows" if name == "values" else "queryset")


@pytest.mark.parametrize("name", ["aggregate", "bulk_create", "count", "delete", "exists", "in_bulk", "update"])
def test_what_has_no_methods_of_its_own_gives_nothing(name):
    assert "gives" not in METHODS["queryset"][name]


def test_modules_have_what_is_offered():
    modules = describe_modules()
    for module, names in modules.items():
        assert all(hasattr(import_module(module), name) for name in names)
    assert {"Book", "Genre"} <= modules["library.models"].keys()
    assert modules["django.db.models"]["Count"].startswith("(expression, ")
    assert modules["django.db.models"]["Prefetch"].startswith("(lookup, ")
    assert "transaction" in modules["django.db"]
    assert "Lower" in modules["django.db.models.functions"]
