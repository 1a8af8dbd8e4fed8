import textwrap

import pytest

ORDERED = [
    ("[1, 2]", "[1, 2]", True),
    ("[1, 2]", "[2, 1]", False),
    ("[(1, 2)]", "[[1, 2]]", True),
    ("[None]", "['None']", False),
    ("[(1,)]", "['(1,)']", False),
    ("[1]", "['1']", False),
    ("['a', 'b']", "[\"'a', 'b'\"]", False),
    # Numbers.
    ("[Decimal('12.50')]", "[Decimal('12.5')]", True),
    ("[Decimal('0.00')]", "[Decimal('-0')]", True),
    ("[0]", "[Decimal('0')]", True),
    ("[0, 1]", "[0.0, 1.0]", True),
    ("[0, 1]", "[False, True]", True),
    ("[0.5]", "[Decimal('0.5')]", True),
    ("[0.1]", "[Decimal('0.1')]", False),
    ("[2 ** 53 + 1]", "[float(2 ** 53 + 1)]", False),
    ("[10 ** 5000]", "[Decimal('1E+5000')]", True),
    ("[float('inf')]", "[Decimal('Infinity')]", True),
    ("[float('inf')]", "[float('-inf')]", False),
    ("[float('nan')]", "[Decimal('nan')]", True),
    ("[0]", "[None]", False),
    ("[0]", "[()]", False),
    # Moments.
    ("[datetime(2026, 1, 1, 12, tzinfo=UTC)]", "[datetime(2026, 1, 1, 14, tzinfo=EAST)]", True),
    ("[datetime(2026, 1, 1, 12, tzinfo=UTC)]", "[datetime(2026, 1, 1, 12, tzinfo=EAST)]", False),
    ("[datetime(2026, 1, 1, 12, tzinfo=UTC)]", "[datetime(2026, 1, 1, 12)]", False),
    (
        "[datetime(2026, 7, 1, 12, tzinfo=UTC)]",
        "[datetime(2026, 7, 1, 14, tzinfo=ZoneInfo('Europe/Berlin'))]",
        True,
    ),
    ("[datetime.max.replace(tzinfo=EAST)]", "[datetime.min.replace(tzinfo=EAST)]", False),
    ("[datetime(2026, 1, 1)]", "[date(2026, 1, 1)]", False),
    ("[time(12, tzinfo=UTC)]", "[time(14, tzinfo=EAST)]", True),
    ("[time(12)]", "[time(12, tzinfo=UTC)]", False),
    ("[timedelta(hours=24)]", "[timedelta(days=1)]", True),
    ("[timedelta(microseconds=1)]", "[timedelta(0)]", False),
    # Members of enumerations, and other values by another name.
    ("[Size.SMALL]", "['s']", True),
    ("[Size.SMALL]", "['SMALL']", False),
    ("[Stars.TWO]", "[2]", True),
    ("[Stars.TWO]", "[Stars.ONE]", False),
    ("[Day.FIRST]", "[date(2026, 1, 1)]", True),
    ("[Plain.ONE]", "['1']", True),
    ("[mark_safe('a')]", "['a']", True),
    ("[b'a']", "[memoryview(b'a')]", True),
    ("[b'a']", "[bytearray(b'a')]", True),
    ("[b'a']", "['a']", False),
    ("[UUID(int=7)]", "[str(UUID(int=7))]", False),
    # Dicts and sets, as rows and as the result.
    ("[{'a': 1, 'b': 2}]", "[{'b': 2.0, 'a': 1}]", True),
    ("[{'a': 1}]", "[{'a': 2}]", False),
    ("[{None: 1, 'a': 2, 3: 4}]", "[{3: 4, 'a': 2, None: 1}]", True),
    ("[{'a': 1}]", "[('a', 1)]", False),
    ("[{'a'}]", "[('a',)]", False),
    ("[{1, 'a', None}]", "[frozenset([None, 'a', True])]", True),
    ("[{}]", "[set()]", False),
    ("{'a': 1}", "{'a': 0}", False),
    ("{'a': 1, 'b': 2}", "{'b': 2, 'a': 1}", True),
    ("{'a': 1, 'b': 2}", "OrderedDict(b=2, a=1)", True),
    ("{'a': 1, 'b': 2}", "Counter(b=2, a=1)", True),
    ("{'a': 1, 'b': 2}", "[('a', 1), ('b', 2)]", True),
    ("{'a': 1}", "['a']", False),
    ("{2: 'a', 10: 'b'}", "{10: 'b', 2: 'a'}", True),
    ("{None: 1, 'a': 2, (1, 2): 3}", "{(1, 2): 3, 'a': 2, None: 1}", True),
    ("{'a': {'b': 1}}", "{'a': {'b': 2}}", False),
    ("{'a', 'b', 'c'}", "{'c', 'b', 'a'}", True),
    ("{frozenset('a'): 1, frozenset('b'): 2}", "{frozenset('b'): 2, frozenset('a'): 1}", True),
    ("{'a': 1, 'b': 2}.keys()", "{'b': 3, 'a': 4}.keys()", True),
]
UNORDERED = [
    ("[1, 2]", "[2, 1]", True),
    ("[1, 1, 2]", "[1, 2, 2]", False),
    ("[1, 1, 2]", "[2, 3, 3]", False),
    ("[0, 1]", "[True, Decimal('0')]", True),
]
NAMES = textwrap.dedent("""
    from collections import Counter, OrderedDict
    from datetime import UTC, date, datetime, time, timedelta, timezone
    from decimal import Decimal
    from enum import Enum
    from uuid import UUID
    from zoneinfo import ZoneInfo

    from django.db import models
    from django.utils.safestring import mark_safe

    EAST = timezone(timedelta(hours=2))

    class Size(models.TextChoices):
        SMALL = "s"

    class Stars(models.IntegerChoices):
        ONE = 1
        TWO = 2

    class Day(date, models.Choices):
        FIRST = 2026, 1, 1

    class Plain(str, Enum):
        ONE = "1"
""")


@pytest.mark.parametrize(
    ("one", "other", "ordered", "same"),
    [
        (one, other, ordered, same)
        for rows, ordered in ((ORDERED, True), (UNORDERED, False))
        for one, other, same in rows
    ],
)
def test_digest_tells_rows_apart(snippet, one, other, ordered, same):
    digests = [
        snippet.record(f"{NAMES}\ndef run():\n    return {rows}\n", ordered=ordered).digest
        for rows in (one, other)
    ]
    assert (digests[0] == digests[1]) is same


def test_returned_dict_is_its_items(snippet):
    report = snippet.record("""
        from library.models import Author

        def run():
            return {author.name: author.books.count() for author in Author.objects.order_by("-pk")[:3]}
    """)
    assert report.rows == 3
    assert list(report.preview) == sorted(report.preview)
    assert all(isinstance(name, str) and isinstance(count, int) for name, count in report.preview)
