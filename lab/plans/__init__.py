"""How a database runs a statement: its plan, asked for and read into plain words."""

from dataclasses import replace
from importlib import import_module
from typing import Any, Protocol

from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

from lab.engines.sql import unseen
from lab.exceptions import NoPlan
from lab.plans.facts import Facts, unplannable
from lab.plans.nodes import Node, TableAccess, folded
from lab.plans.plan import Plan
from lab.recording.statements import Statement

__all__ = ["Node", "Plan", "TableAccess", "explain"]


class _Vendor(Protocol):
    """What the module of each database has."""

    def unexecuted(self, connection: BaseDatabaseWrapper) -> str | None:
        """Return why nothing is executed there to be measured, as a sentence; or None."""

    def explain(self, connection: BaseDatabaseWrapper, sql: str, params: Any, *, remark: str | None) -> Plan:
        """Return the Plan of a statement, executed where there is no remark. Raises DatabaseError."""


_VENDORS = ("sqlite", "postgresql", "mysql")  # a module each, imported when it is first asked


def explain(connection: BaseDatabaseWrapper, statement: Statement) -> Plan:
    """Return the Plan of a Statement, asked for on `connection` with the backend's own cursor, so that
    nothing of it is recorded. What only reads is executed where the database can measure it; what may write
    never is. Raises NoPlan, with the reason.
    """
    plan = _explained(connection, statement)
    return replace(plan, nodes=folded(plan.nodes))


def _explained(connection: BaseDatabaseWrapper, statement: Statement) -> Plan:
    if reason := unplannable(statement):
        raise NoPlan(reason)
    if connection.vendor not in _VENDORS:
        raise NoPlan(f"The lab cannot read plans of {connection.display_name}.")
    vendor: _Vendor = import_module(f"lab.plans.{connection.vendor}")
    # With several sets of parameters, that of the first.
    params = next(iter(statement.params), None) if statement.many else statement.params
    remark = vendor.unexecuted(connection)
    if remark is None and not Facts(statement.sql).only_reads:
        remark = "It may write or lock rows, so it was planned and not executed."
    if remark is None:
        try:
            with unseen(connection):
                return vendor.explain(connection, statement.sql, params, remark=None)
        except DatabaseError as error:
            remark = f"It was planned and not executed, since executing it failed: {error}".rstrip()
    try:
        with unseen(connection):
            return vendor.explain(connection, statement.sql, params, remark=remark)
    except DatabaseError as error:
        raise NoPlan(f"{connection.display_name} gives no plan for it: {error}".rstrip()) from error
