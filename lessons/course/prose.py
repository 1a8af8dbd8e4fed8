from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from lessons.course.contract import Lesson

_markdown = MarkdownIt("commonmark", {"typographer": True}).enable(["replacements", "smartquotes", "table"])


def split(lesson: Lesson) -> tuple[SafeString, SafeString]:
    """Return the HTML of (the question, what comes after the run): the prose before and from its first heading."""
    text = (lesson.folder / "README.md").read_text(encoding="utf-8")
    question, heading, rest = text.partition("\n## ")
    return render(question), render(heading + rest)


@lru_cache(maxsize=512)
def render(text: str) -> SafeString:
    return mark_safe(_markdown.render(text))


@lru_cache(maxsize=512)
def render_line(text: str) -> SafeString:
    """Render a sentence with `code` in it, without a paragraph around."""
    return mark_safe(_markdown.renderInline(text))
