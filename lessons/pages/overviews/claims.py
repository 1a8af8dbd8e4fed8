"""Every claim of the course, with the verdict that its lesson declares and `check_lessons` proves."""

from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils.text import slugify

from lab.engines import NAMES, get_engine
from lessons.course.catalog import Track
from lessons.course.contract import Claim, Lesson
from lessons.pages.addresses import Addresses
from lessons.pages.errors.faults import WrongValue, nearest_name, shown
from lessons.pages.switches import Choice
from lessons.runs.verdicts import WORDS, statements, word_for

ALL = "all"  # tracks, in an address


@dataclass(frozen=True, kw_only=True)
class Case:
    """The verdict in some environments."""

    word: str
    where: str  # "PostgreSQL with Django < 6.1"; "" for wherever no other case says otherwise


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """The verdicts that conditions in a row share; no condition where the claim tells none apart."""

    cases: tuple[Case, ...]
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ClaimEntry:
    """A claim in the list of all."""

    track: Track
    lesson: Lesson
    claim: Claim
    statement: str
    word: str  # for all conditions and environments together
    outcomes: tuple[Outcome, ...]  # none where it is the same under all conditions and everywhere

    @property
    def evidence_url(self):
        return f"{Addresses(self.lesson).claims()}#claim-{self.claim.name}"


@dataclass(frozen=True, kw_only=True)
class CountedChoice(Choice):
    count: int  # of claims


@dataclass(frozen=True, kw_only=True)
class ClaimsIndex:
    tracks: tuple[Track, ...]
    entries: list[ClaimEntry]  # of all claims, in the order of the course
    verdict: str  # one of WORDS, or "" for all
    track: str  # a slug, or "" for all

    @property
    def shown(self):
        return self._chosen(self.verdict, self.track)

    @property
    def verdict_choices(self):
        return [self._choice(word or "All", verdict=word, track=self.track) for word in ("", *WORDS)]

    @property
    def track_choices(self):
        titles = {**{track.slug: track.title for track in self.tracks}, "": "All tracks"}
        return [self._choice(title, verdict=self.verdict, track=slug) for slug, title in titles.items()]

    def _choice(self, label, *, verdict, track):
        return CountedChoice(
            label=label,
            url=_index_url(verdict, track),
            current=(verdict, track) == (self.verdict, self.track),
            key=f"claims-{slugify(verdict)}-{track}",
            count=len(self._chosen(verdict, track)),
        )

    def _chosen(self, verdict, track):
        return [e for e in self.entries if verdict in ("", e.word) and track in ("", e.track.slug)]


def make_claims_index(catalog, *, verdict="", track=""):
    """Return the claims that an address chooses. Raises WrongValue.

    verdict: as in the address, "it-depends"; "" for all of them. track: a slug, or ALL; "" for all where a verdict
    is chosen, and otherwise for the first: all claims of the course are a very long page
    """
    tracks = [track.slug for track in catalog.tracks]
    if track not in ("", ALL, *tracks):
        raise WrongValue(
            f"There is no track “{shown(track)}”. There are: {', '.join(tracks)}.",
            track=nearest_name(track, [*tracks, ALL]),
        )
    if not track and not verdict and tracks:
        track = tracks[0]
    words = {slugify(word): word for word in WORDS}
    if verdict and verdict not in words:
        raise WrongValue(
            f"“{shown(verdict)}” is no verdict. There are: {', '.join(words)}.",
            verdict=nearest_name(verdict, [*words]),
        )
    return ClaimsIndex(
        tracks=catalog.tracks,
        entries=list_claims(catalog),
        verdict=words.get(verdict, ""),
        track="" if track == ALL else track,
    )


def list_claims(catalog):
    """Return the Entries of all claims, in the order of the course."""
    return [entry for track in catalog.tracks for lesson in track.lessons for entry in _entries(track, lesson)]


def _entries(track, lesson):
    said = statements(lesson)
    for claim in lesson.claims:
        depends = claim.expect.values() if isinstance(claim.expect, dict) else [claim.expect]
        yield ClaimEntry(
            track=track,
            lesson=lesson,
            claim=claim,
            statement=said[claim.name],
            word=word_for(*(holds for each in depends for _, holds in each.cases)),
            outcomes=_outcomes(claim.expect),
        )


def _outcomes(expect):
    if not isinstance(expect, dict):
        cases = _cases(expect)
        return (Outcome(cases=cases),) if len(cases) > 1 else ()
    # In their order: one condition may speak of the one before it.
    runs = groupby(expect.items(), key=lambda condition: _cases(condition[1]))
    return tuple(Outcome(cases=cases, conditions=tuple(name for name, _ in run)) for cases, run in runs)


def _cases(depends):
    """Return a Case for each case declared, and one alone where they all say the same."""
    cases = tuple(Case(word=word_for(value), where=_where(condition)) for condition, value in depends.cases)
    return cases if len({case.word for case in cases}) > 1 else cases[:1]


def _where(condition):
    engines = " and ".join(get_engine(name).label for name in NAMES if name in condition.engines)
    versions = sorted(condition.django, key=lambda specifier: specifier.version)
    django = " and ".join(f"{specifier.operator} {specifier.version}" for specifier in versions)
    return " with ".join(part for part in (engines, django and f"Django {django}") if part)


def _index_url(verdict, track):
    query = {"verdict": slugify(verdict), "track": track or ALL}
    return reverse("claims_index", query={key: value for key, value in query.items() if value} or None)
