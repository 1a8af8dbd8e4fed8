"""What a database calls a step of its plans, without what differs from statement to statement."""

import re

from lab.plans import Node

_READING = re.compile(
    r"(?P<verb>SCAN|SEARCH) .*?(?P<way> USING (?:AUTOMATIC )?(?:PARTIAL )?(?:COVERING )?INDEX"
    r"| USING (?:INTEGER )?PRIMARY KEY| VIRTUAL TABLE)?(?: .*)?"
)
_SQLITE = (  # (pattern, what stands for all that fits it)
    (r"SCAN (?:\d+ )?CONSTANT ROWS?", "SCAN CONSTANT ROW"),
    (r"((?:CORRELATED )?(?:SCALAR|LIST) SUBQUERY) \d+", r"\1"),
    (r"(REUSE (?:LIST )?SUBQUERY) \d+", r"\1"),
    (r"(CO-ROUTINE|MATERIALIZE|BLOOM FILTER ON|RIGHT-JOIN) .+", r"\1 …"),
    (r"(INDEX) \d+", r"\1"),
    (r"(USE TEMP B-TREE FOR) (?:RIGHT PART|LAST (?:\d+ )?TERMS?) OF ORDER BY", r"\1 LAST TERMS OF ORDER BY"),
    (r"(USE TEMP B-TREE FOR) .+\(DISTINCT\)", r"\1 aggregate(DISTINCT)"),
    (r"USING (?:ROWID SEARCH ON TABLE|INDEX) .+ (FOR IN-OPERATOR)", r"USING INDEX … \1"),
)
_SUBPLAN = re.compile(r"(?:SubPlan|InitPlan|CTE) [^:]*: ")  # PostgreSQL's, before what the step is
_NUMBER = re.compile(r" #\d+$")  # MariaDB's of a SELECT


def step_name(node: Node, vendor: str) -> str:
    """Such as "Seq Scan", or "SEARCH … USING INDEX". vendor: as a Plan has it"""
    title = node.title.partition(" … ")[0] if node.times > 1 else node.title
    if vendor == "sqlite":
        return _of_sqlite(title)
    return _NUMBER.sub("", title) if vendor == "mysql" else _SUBPLAN.sub("", title)


def _of_sqlite(title: str) -> str:
    for pattern, name in _SQLITE:
        if found := re.fullmatch(pattern, title):
            return found.expand(name)
    found = _READING.fullmatch(title)
    return f"{found['verb']} …{found['way'] or ''}" if found else title
