"""Which expression of a source an instruction works for.

To many Python gives the span of something wider: a whole loop or condition, or a target that is unpacked into.
Those that have such a span do something to what was evaluated just before, so that tells the expression.
"""

import ast
import dis
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from types import CodeType
from typing import Any

Span = tuple[Any, ...]  # line, end line, column, end column; lines from 1, columns from 0 in UTF-8 bytes
_Asked = tuple[Any, Sequence[Any]]  # a node, and the expressions in it that instructions with its span ask

_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_CONDITIONS = (ast.If, ast.While, ast.Assert, ast.IfExp, ast.BoolOp, ast.pattern)


def expression_span(code: CodeType, instruction: int, source: str) -> Span:
    """Return the span of what `instruction` works for: a byte offset, as in `frame.f_lasti`."""
    steps = [step for step in dis.get_instructions(code) if step.offset <= instruction]
    span = _span_of(steps[-1])
    node, parts = _asked_by_span(source).get(span, (None, ()))
    if not parts or not _asks(node, steps[-1].opname):
        return span
    if isinstance(node, (ast.With, ast.AsyncWith)):
        return parts[_item(steps, len(parts))]
    evaluated = next((before for step in reversed(steps) if (before := _span_of(step)) != span), None)
    inside = (part for part in parts if evaluated is not None and _is_within(evaluated, part))
    is_loop = isinstance(node, (ast.For, ast.AsyncFor, *_COMPREHENSIONS))
    return next(inside, parts[0] if is_loop or len(parts) == 1 else span)


def _asks(node: Any, operation: str) -> bool:
    """Whether an operation with a node's span is one that its parts explain, and not the node's own."""
    if isinstance(node, _CONDITIONS):
        return "JUMP" in operation or operation == "TO_BOOL"
    if isinstance(node, ast.Call):
        return operation.endswith(("_EXTEND", "_UPDATE", "_MERGE"))
    return True


def _item(steps: Sequence[dis.Instruction], count: int) -> int:
    """Which of the items of a `with` on Python 3.11: entered in order, and left in reverse on any way."""
    span = _span_of(steps[-1])
    entered = left = failed = item = 0
    for step in steps:
        if _span_of(step) != span:
            continue
        if step.opname in ("BEFORE_WITH", "BEFORE_ASYNC_WITH"):
            item, entered = entered % count, entered + 1
        elif step.opname == "PRECALL":
            item, left = count - 1 - left % count, left + 1
        elif step.opname == "WITH_EXCEPT_START":
            item, failed = count - 1 - failed % count, failed + 1
    return item


@lru_cache(maxsize=128)
def _asked_by_span(source: str) -> dict[Span, tuple[Any, list[Span]]]:
    found: dict[Span, tuple[Any, list[Span]]] = {}
    for each in ast.walk(ast.parse(source)):
        for node, parts in _asked(each):
            if parts:
                found.setdefault(_span(node), (node, [_span(part) for part in parts]))  # the outer goes first
    return found


def _asked(node: ast.AST) -> Iterator[_Asked]:
    match node:
        case ast.For() | ast.AsyncFor():
            yield node, [node.iter]
            yield from _unpacked(node.target, node.iter)
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            conditions = [leaf for each in node.generators for test in each.ifs for leaf in _leaves(test)]
            yield node, [*(each.iter for each in node.generators), *conditions]
        case ast.comprehension():
            yield from _unpacked(node.target, node.iter)
        case ast.With() | ast.AsyncWith():
            yield node, [item.context_expr for item in node.items]
            for item in node.items:
                yield from _unpacked(item.optional_vars, item.context_expr)
        case ast.If() | ast.While() | ast.Assert() | ast.IfExp():
            yield node, _leaves(node.test)
        case ast.match_case(guard=ast.expr()):
            yield node.pattern, _leaves(node.guard)
        case ast.Assign():
            for target in node.targets:
                yield from _unpacked(target, node.value)
        case ast.BoolOp():
            yield node, node.values
        case ast.JoinedStr():
            yield node, [each.value for each in node.values if isinstance(each, ast.FormattedValue)]
        case ast.FormattedValue():
            yield node, [node.value]
        case ast.List(elts=elements) | ast.Tuple(elts=elements) | ast.Set(elts=elements):
            if not isinstance(getattr(node, "ctx", None), ast.Store):
                yield node, _several(each for each in elements if isinstance(each, ast.Starred))
        case ast.Dict():
            pairs = zip(node.keys, node.values, strict=True)
            yield node, _several(value for key, value in pairs if key is None)
        case ast.Call():
            starred = [each for each in node.args if isinstance(each, ast.Starred)]
            yield node, _several([*starred, *(each.value for each in node.keywords if each.arg is None)])


def _several(parts: Iterable[Any]) -> Sequence[Any]:
    """A single one goes with its brackets, as [*books] does."""
    found = list(parts)
    return found if len(found) > 1 else ()


def _leaves(test: Any) -> list[Any]:
    """The expressions of a condition whose truth is asked for, one by one."""
    match test:
        case ast.UnaryOp(op=ast.Not()):
            return _leaves(test.operand)
        case ast.BoolOp():
            return [leaf for value in test.values for leaf in _leaves(value)]
        case ast.IfExp():
            return [leaf for part in (test.test, test.body, test.orelse) for leaf in _leaves(part)]
    return [test]


def _unpacked(target: Any, value: Any) -> Iterator[_Asked]:
    """What is unpacked into a target is the value, or the part of it that is written at the same position."""
    if not isinstance(target, (ast.Tuple, ast.List)):
        return
    yield target, [value]
    is_parallel = isinstance(value, (ast.Tuple, ast.List)) and len(value.elts) == len(target.elts)
    starred = [*target.elts, *(value.elts if is_parallel else ())]
    if any(isinstance(each, ast.Starred) for each in starred):
        is_parallel = False
    for index, each in enumerate(target.elts):
        yield from _unpacked(each, value.elts[index] if is_parallel else value)


def _span(node: Any) -> Span:
    return node.lineno, node.end_lineno, node.col_offset, node.end_col_offset


def _span_of(step: dis.Instruction) -> Span:
    return tuple(step.positions or ())


def _is_within(span: Span, other: Span) -> bool:
    if None in span:
        return False
    line, end_line, column, end_column = span
    return (other[0], other[2]) <= (line, column) and (end_line, end_column) <= (other[1], other[3])
