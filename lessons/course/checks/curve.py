"""Checks that what a curve is over is a keyword of every variant's run()."""

import ast

from lessons.course.contract import Kind, Lesson, LessonError, Variant


def check_curve(lesson: Lesson) -> None:
    """Raise LessonError where the curve cannot be run. A file that is no Python says so when it is run."""
    if lesson.curve is None:
        return
    if lesson.kind is Kind.RACES:
        fault = "has a [curve], and its variants are sessions that race."
        raise LessonError(lesson.path, fault, "Take [curve] out: nothing is given to a session.")
    for variant in lesson.variants:
        if not _takes(variant, lesson.curve.over):
            raise LessonError(
                lesson.path,
                f"has a [curve] over {lesson.curve.over!r}, and run() of {variant.path.name} has no such keyword"
                " with a default.",
                f"Write def run({lesson.curve.over}=1): in it, or take [curve] out.",
            )


def _takes(variant: Variant, keyword: str) -> bool:
    try:
        tree = ast.parse(variant.source)
    except SyntaxError:
        return True
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return any(keyword in _optional(node.args) for node in functions if node.name == "run")


def _optional(arguments: ast.arguments) -> set[str]:
    """Names of what may be given by its name, and need not be."""
    of_position = arguments.args[-len(arguments.defaults) :] if arguments.defaults else []
    by_name = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    return {each.arg for each in of_position} | {each.arg for each, default in by_name if default is not None}
