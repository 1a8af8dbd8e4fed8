"""Which pages a lesson has beside those of its variants."""

from lessons.course.contract import Kind

PAGES = {
    "compare": "Side by side",
    "staircase": "The staircase",
    "curve": "The curve",
    "engines": "Engines",
    "spans": "Spans",
    "matrix": "The matrix",
}  # with their labels
_NOT_OF = {
    Kind.RUNS: (
        {"orders"},
        "The variants of this lesson run by themselves: no sessions race in them.",
    ),
    Kind.RACES: (
        {"staircase", "curve", "gain", "engines", "spans", "plan"},
        "The variants of this lesson are sessions that race: none of them runs by itself.",
    ),
}


def offered_pages(lesson):
    """{page: label}"""
    return {page: label_of(lesson, page) for page in PAGES if refusal(lesson, page) is None}


def label_of(lesson, page):
    """What one of PAGES is called in a lesson."""
    return f"The curve by {lesson.curve.word}" if page == "curve" and lesson.curve else PAGES[page]


def refusal(lesson, page):
    """Return why the lesson has no such page, or None."""
    lacking, reason = _NOT_OF[lesson.kind]
    if page in lacking:
        return reason
    if page == "staircase" and len(lesson.variants) < 3:
        return "A staircase has more than two steps, and this lesson has two variants. They stand side by side."
    if page == "spans" and not lesson.spans:
        return "This lesson does not draw its variants as traced requests: its lesson.toml does not say `spans`."
    if page == "matrix" and not lesson.matrix:
        return "This lesson has no matrix of isolation levels: its lesson.toml does not say `matrix`."
    return None
