"""A run in a terminal."""

from rich.syntax import Syntax
from rich.table import Table

from lessons.terminal.rendering import Places
from lessons.words.fields import list_fields
from lessons.words.figures import megabytes, ms
from lessons.words.sql_text import layout
from lessons.words.ways import by_way_of


def statements_table(report):
    """The statements of a Report."""
    writes = any(group.is_write for group in report.groups)
    affected = ["affected"] if writes else []
    places = Places(group.place for group in report.groups)
    table = Table("count", places.column, "cause", "rows", *affected, "ms", "statement", show_lines=True)
    for group in report.groups:
        table.add_row(
            f"×{group.count:,}" if group.is_query else "not counted",
            places.text(group.place),
            "\n".join(filter(None, [group.beside and f"on {group.beside}", group.cause, by_way_of(group.way)])),
            f"{group.rows:,}",
            *([f"{'≥ ' * group.may_affect_more}{group.affected:,}"] if writes else []),
            ms(group.total_ns),
            Syntax(layout(group.sql), "sql", word_wrap=True, theme="ansi_light"),
        )
    return table


def accesses_table(accesses):
    """Who answered each access."""
    places = Places(access.place for access in accesses)
    table = Table("count", places.column, "access", "answered by", "queries")
    for access in accesses:
        queries = f"{access.queries:,}" if access.queries else ""
        table.add_row(f"×{access.count:,}", places.text(access.place), access.what, access.answered_by, queries)
    return table


def measured_lines(passes):
    """Lines of text of what was measured beside time: memory, and columns that were never read."""
    if "memory" in passes:
        yield f"{megabytes(passes['memory'].peak)} MB at the peak"
    for fields in list_fields(passes.get("fields", ())):
        yield (
            f"{fields.model}: {len(fields.read)} of {fields.fetched} columns read;"
            f" never read: {', '.join(fields.unread) or 'none'}"
        )
