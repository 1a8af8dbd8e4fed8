"""What can be found: a document for each lesson, symptom, term of the glossary and step of a plan."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from lessons.course.catalog import Catalog, Track
from lessons.course.contract import Lesson
from lessons.course.docstrings import docstrings
from lessons.search.terms import find_words
from lessons.vocabulary.glossary import Term, get_glossary
from lessons.vocabulary.plan_steps import KnownStep, get_plan_steps
from lessons.vocabulary.symptoms import Symptom, get_symptoms

# What a word weighs in each field of a Document. Small, since bm25() saturates: at greater weights a title would
# say little more than the text.
FIELDS = {"title": 2.0, "names": 1.5, "asked": 1.25, "says": 0.75, "text": 0.25}
# What a document weighs. A track begins with the plain case: what comes later weighs a little less.
_LESSON, _SYMPTOM, _TERM, _STEP = 1.0, 0.5, 0.3, 0.2
_LATER = 0.95


@dataclass(frozen=True, kw_only=True)
class Document:
    kind: str  # "lesson", "symptom", "term" or "step of a plan"
    url: str
    weight: float
    title: str
    says: str  # the summary of a lesson, what a symptom looks like, what a term or a step means
    track: str = ""  # its title
    names: tuple[str, ...] = ()  # of the ORM
    asked: tuple[str, ...] = ()  # what people type to find it
    text: str = ""  # every other word of it, once, in the order of the alphabet

    def field(self, name: str) -> str:
        value = getattr(self, name)
        return value if isinstance(value, str) else " ".join(value)


def make_documents(catalog: Catalog) -> list[Document]:
    lessons = [
        _of_lesson(lesson, track, position)
        for track in catalog.tracks
        for position, lesson in enumerate(track.lessons)
    ]
    symptoms = map(_of_symptom, get_symptoms().values())
    steps = [step for those in get_plan_steps().values() for step in those]
    return [*lessons, *symptoms, *map(_of_term, get_glossary().terms), *map(_of_step, steps)]


def _of_lesson(lesson: Lesson, track: Track, position: int) -> Document:
    symptoms = [get_symptoms()[slug] for slug in lesson.symptoms]
    return Document(
        kind="lesson",
        url=reverse("lesson", kwargs={"track": lesson.track, "slug": lesson.slug}),
        weight=round(_LESSON * _LATER**position, 3),
        title=_plain(lesson.title),
        says=_plain(lesson.summary),
        track=track.title,
        names=lesson.teaches,
        asked=tuple(word for symptom in symptoms for word in symptom.words),
        text=_words(*_texts(lesson)),
    )


def _of_symptom(symptom: Symptom) -> Document:
    return Document(
        kind="symptom",
        url=f"{reverse('symptoms')}#{symptom.slug}",
        weight=_SYMPTOM,
        title=_plain(symptom.title),
        says=_plain(symptom.sees),
        asked=symptom.words,
        text=_words(symptom.look),
    )


def _of_term(term: Term) -> Document:
    return Document(
        kind="term",
        url=f"{reverse('glossary')}#{term.slug}",
        weight=_TERM,
        title=term.name,
        says=_plain(term.means),
        asked=term.also,
    )


def _of_step(step: KnownStep) -> Document:
    return Document(
        kind="step of a plan",
        url=f"{reverse('plan_steps')}#{step.slug}",
        weight=_STEP,
        title=step.name,
        says=f"{step.says[:1].upper()}{step.says[1:]}.",
    )


def _texts(lesson: Lesson) -> Iterator[str]:
    """The rule, the prose, the code of the pair, and the claims with what is true instead."""
    yield lesson.rule
    yield (lesson.folder / "README.md").read_text(encoding="utf-8")
    yield from (lesson.variant(name).source for name in ("naive", "optimized"))
    said = docstrings(lesson.folder / "claims.py") if lesson.claims else {}
    for claim in lesson.claims:
        yield said.get(claim.name, "")
        yield claim.truth


def _plain(line: str) -> str:
    """A line of Markdown without its marks."""
    return line.replace("`", "").replace("*", "")


def _words(*texts: str) -> str:
    return " ".join(sorted({word for text in texts for word in find_words(text)}))
