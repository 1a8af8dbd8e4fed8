"""What this site is, shown live, and the ways in: the first lesson, symptoms, search, tracks."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from lab.exceptions import LabError
from lab.recording.report import Status
from lab.shelves import Shelf
from lessons.course.contract import SIZES, Kind, Lesson
from lessons.measured.gains import Gain, declared_gain
from lessons.pages.changed import changed_lines
from lessons.pages.gain_bars import GainBar, make_gain_bars
from lessons.pages.overviews.claims import ClaimEntry, list_claims
from lessons.pages.overviews.symptoms import Path, list_paths
from lessons.pages.overviews.track import TrackOutline, outline_track
from lessons.runs.shelved import ShelvedLesson

_SYMPTOMS = 6
_CLAIMS = 3


@dataclass(frozen=True, kw_only=True)
class Demonstration:
    """The first lesson's two forms, just run."""

    lesson: Lesson
    lines: tuple[tuple[str, ...], tuple[str, ...]]  # HTML of the lines that make the difference, of each form
    bars: tuple[GainBar, ...]
    engine: str  # its label
    books: int
    run_at: datetime | None  # None where it could not be run: the counts are those that the lesson declares


@dataclass(frozen=True, kw_only=True)
class Home:
    tracks: tuple[TrackOutline, ...]
    demonstration: Demonstration | None
    symptoms: tuple[Path, ...]
    false_claims: tuple[ClaimEntry, ...]

    @property
    def lessons(self):
        """How many there are."""
        return sum(len(part.entries) for part in self.tracks)


def make_home(catalog):
    first = next((lesson for lesson in catalog.lessons if lesson.kind is Kind.RUNS), None)
    return Home(
        tracks=tuple(outline_track(track) for track in catalog.tracks),
        demonstration=first and _demonstrate(first),
        symptoms=tuple(list_paths(catalog)[:_SYMPTOMS]),
        false_claims=_striking(catalog),
    )


def _demonstrate(lesson):
    shelved = ShelvedLesson(lesson=lesson, shelf=Shelf(books=SIZES[-1], engine_name=lesson.default_engine))
    pair = lesson.variants[:2]
    try:
        reports = [shelved.record(variant, keep=0) for variant in pair]
    except LabError:
        reports = []
    if reports and all(report.status == Status.OK for report in reports):
        figures = tuple(zip(pair, (report.queries for report in reports), strict=True))
        gain: Gain | None = Gain(asks="queries", figures=figures)
        run_at: datetime | None = timezone.now()
    else:
        gain, run_at = declared_gain(shelved, pair), None
    return Demonstration(
        lesson=lesson,
        lines=changed_lines(*pair),
        bars=make_gain_bars(gain) if gain else (),
        engine=shelved.shelf.engine.label,
        books=shelved.shelf.books,
        run_at=run_at,
    )


def _striking(catalog):
    """Claims that are false everywhere, of different tracks: those that are said in the fewest words."""
    false = sorted(
        (entry for entry in list_claims(catalog) if entry.word == "false"), key=lambda each: len(each.statement)
    )
    of_tracks = {entry.track.slug: entry for entry in reversed(false)}
    return tuple(entry for entry in false if of_tracks[entry.track.slug] is entry)[:_CLAIMS]
