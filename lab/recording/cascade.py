"""What a delete() set off: its statements, laid out along the relations that asked for them.

Django works out in Python what a deletion takes along (django.db.models.deletion.Collector). Which relation a
recorded statement serves is read off its table and the columns of its WHERE.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from lab.recording.places import Place
from lab.recording.report import Group

_TABLE = re.compile(r"(?:\bFROM|^UPDATE)\s+[\"`](\w+)[\"`]")
_COLUMN = re.compile(r"[\"`](\w+)[\"`]\.[\"`](\w+)[\"`] (?:IN \(|= )")


@dataclass(frozen=True, kw_only=True)
class CascadeStep:
    """The statements of one kind on one table for the same columns: a long list of keys is sent in batches."""

    number: int  # in the order of the cascade, from 1
    groups: tuple[Group, ...]
    model: type[Model]
    columns: frozenset[str]  # of the table, in the WHERE

    @property
    def kind(self) -> str:
        """One of select, update, delete."""
        return self.groups[0].kind

    @property
    def keys(self) -> list[str]:
        """Indexes of its Groups, as data-statements has them."""
        return [str(group.index) for group in self.groups]

    @property
    def count(self) -> int:
        return sum(group.count for group in self.groups)

    @property
    def rows(self) -> int:
        """Fetched, updated or deleted."""
        return sum(group.rows or group.affected for group in self.groups)


@dataclass(frozen=True, kw_only=True)
class CascadeNode:
    """A model that the deletion reached, through a relation or as the one that was asked for."""

    model: str
    relation: str | None  # such as Book.author
    on_delete: str | None  # such as CASCADE
    referring: tuple[str, ...]  # models that refer to it, and whose rows are Django's to care for
    steps: tuple[CascadeStep, ...]
    children: tuple["CascadeNode", ...]

    @property
    def is_read(self) -> bool:
        return any(step.kind == "select" for step in self.steps)

    @property
    def is_empty(self) -> bool:
        """Whether it was looked for in vain."""
        return bool(self.steps) and not any(step.rows for step in self.steps)

    @property
    def reason(self) -> str:
        """Why it was treated like this; a sentence."""
        if not self.steps:
            return "No statement: the database sees to it."
        if self.is_empty:
            return "None found."
        if any(step.kind == "update" for step in self.steps):
            return "Stays, and no longer refers to it."
        return self._why_read if self.is_read else self._why_unread

    @property
    def _why_read(self) -> str:
        if not self.referring:
            return "Read first: a listener to delete signals is given each object."
        return f"Read first: {_join(self.referring)} refer{'s' * (len(self.referring) == 1)} to it."

    @property
    def _why_unread(self) -> str:
        if self.referring:
            return "In memory before."
        return f"Not read: {'what refers to it is the database’s' if self.children else 'nothing refers to it'}."


def cascades(groups: Iterable[Group], models: Iterable[type[Model]]) -> tuple[CascadeNode, ...]:
    """Return the root Node of every delete() that wrote, in the order of their first statement.

    groups: of a Report; models: those whose tables the statements may name. Deletions at one place are one.
    """
    tables = {model._meta.db_table: model for model in reversed(list(models))}  # a lesson's proxies come last
    by_place: dict[Place | None, list[Group]] = {}
    for group in groups:
        if group.cause == "delete()" and group.is_query:
            by_place.setdefault(group.place, []).append(group)
    roots = (_root(_steps(of_place, tables)) for of_place in by_place.values())
    return tuple(root for root in roots if root is not None)


def _steps(groups: Iterable[Group], tables: dict[str, type[Model]]) -> list[CascadeStep]:
    merged: dict[tuple[type[Model], str, frozenset[str]], list[Group]] = {}
    for group in groups:
        model = tables.get(_table(group.sql))
        if model is not None:
            named = _COLUMN.findall(group.sql.partition(" WHERE ")[2])
            columns = frozenset(column for table, column in named if table == model._meta.db_table)
            merged.setdefault((model, group.kind, columns), []).append(group)
    return [
        CascadeStep(number=number, groups=tuple(same), model=model, columns=columns)
        for number, ((model, _, columns), same) in enumerate(merged.items(), start=1)
    ]


def _table(sql: str) -> str:
    found = _TABLE.search(sql)
    return found[1] if found else ""


def _root(steps: list[CascadeStep]) -> CascadeNode | None:
    """The CascadeNode of the model from which all others can be reached; the database deletes it last."""
    deleted = [step.model for step in reversed(steps) if step.kind == "delete"]
    touched = {step.model for step in steps}
    model = next((model for model in deleted if touched <= _reachable(model)), None)
    if model is None:
        return None
    left = list(steps)
    children = _children(model, left, above={model})
    return _node(model, None, [step for step in left if step.model is model], children)


def _reachable(model: type[Model]) -> set[type[Model]]:
    found, new = {model}, [model]
    while new:
        new = [relation.related_model for each in new for relation in _relations(each)]
        new = [each for each in dict.fromkeys(new) if each not in found]
        found.update(new)
    return found


def _relations(model: type[Model]) -> list[Any]:
    """Foreign keys and one-to-one fields that refer to the model, as the Collector picks them."""
    fields = model._meta.get_fields(include_hidden=True)
    return [f for f in fields if f.auto_created and not f.concrete and (f.one_to_many or f.one_to_one)]


def _children(model: type[Model], left: list[CascadeStep], above: set[type[Model]]) -> tuple[CascadeNode, ...]:
    """Take their steps out of `left`, and return the CascadeNodes of what refers to the model."""
    return tuple(_child(relation, left, above) for relation in _relations(model))


def _child(relation: Any, left: list[CascadeStep], above: set[type[Model]]) -> CascadeNode:
    field, model = relation.field, relation.related_model
    steps = _take(left, lambda step: step.model is model and field.column in step.columns)
    children: tuple[CascadeNode, ...] = ()
    if any(step.kind == "select" and step.rows for step in steps) and model not in above:
        children = _children(model, left, above | {model})
        steps += _take(left, lambda step: step.model is model and model._meta.pk.column in step.columns)
    return _node(model, field, steps, children)


def _take(left: list[CascadeStep], belongs: Callable[[CascadeStep], bool]) -> list[CascadeStep]:
    taken = [step for step in left if belongs(step)]
    for step in taken:
        left.remove(step)
    return taken


def _node(
    model: type[Model], field: Any, steps: list[CascadeStep], children: tuple[CascadeNode, ...]
) -> CascadeNode:
    referring = [relation.related_model for relation in _relations(model) if not _is_left(relation.field)]
    return CascadeNode(
        model=model._meta.object_name,
        relation=f"{field.model._meta.object_name}.{field.name}" if field else None,
        on_delete=_on_delete(field) if field else None,
        referring=tuple(dict.fromkeys(each._meta.object_name for each in referring)),
        steps=tuple(steps),
        children=children,
    )


def _on_delete(field: Any) -> str:
    return str(field.remote_field.on_delete.__name__)


def _is_left(field: Any) -> bool:
    """Whether Django leaves the rows to the database."""
    return _on_delete(field) == "DO_NOTHING" or _on_delete(field).startswith("DB_")


def _join(names: tuple[str, ...]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
