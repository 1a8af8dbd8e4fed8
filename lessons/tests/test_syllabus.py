"""The course has what the syllabus, syllabus.toml beside this file, plans."""

import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from django.urls import reverse

from lessons.course.catalog import get_catalog
from lessons.course.contract import Condition, Depends
from lessons.pages.overviews.claims import list_claims
from lessons.runs.verdicts import TRUE

SYLLABUS = tomllib.loads(Path(__file__).with_name("syllabus.toml").read_text(encoding="utf-8"))
PAGES = SYLLABUS.pop("pages")
FIRST = "n_plus_one/forward_foreign_key"


def lacks(catalog, track):
    """Return what the course lacks of a track of the syllabus, in sentences that name lessons and ids."""
    there = [lesson.slug for each in catalog.tracks if each.slug == track for lesson in each.lessons]
    planned = list(SYLLABUS[track])
    wrong = [] if there == planned else [f"{track} has the lessons {there}, and shall have {planned}"]
    for slug, ids in SYLLABUS[track].items():
        wrong += [f"{track}/{slug} {what}" for what in _lacks(catalog, track, slug, ids)]
    return wrong


def _lacks(catalog, track, slug, ids):
    covered = {id for lesson in catalog.lessons if lesson.path == f"{track}/{slug}" for id in lesson.covers}
    for id, mark in re.findall(r"([TBC]\d+)([✗½]?)", ids):
        if id[0] != "C":
            if id not in covered:
                yield f"does not cover {id}"
            continue
        words = {
            entry.word for entry in list_claims(catalog) if entry.claim.id == id and _counts(id, track, entry)
        }
        if not words:
            yield f"leaves out the claim {id}"
        elif mark and words == {TRUE}:
            yield f"says that {id}{mark} is true"


def _counts(id, track, entry):
    """Whether a claim counts for this track: its own do, and any does if the syllabus has the id elsewhere too."""
    tracks = [name for name, lessons in SYLLABUS.items() if any(id in ids for ids in lessons.values())]
    return entry.track.slug == track or len(tracks) > 1


@pytest.mark.parametrize("track", SYLLABUS)
def test_track_is_whole(track):
    assert lacks(get_catalog(), track) == []


def test_tracks_are_in_the_order_of_the_syllabus():
    there = [track.slug for track in get_catalog().tracks]
    assert [track for track in there if track in SYLLABUS] == [track for track in SYLLABUS if track in there]


@pytest.mark.parametrize("kind", ["T", "C"])
def test_syllabus_has_every_id(kind):
    ids = " ".join([*PAGES.values(), *(ids for lessons in SYLLABUS.values() for ids in lessons.values())])
    numbers = {int(number) for number in re.findall(rf"{kind}(\d+)", ids)}
    assert numbers == set(range(1, len(numbers) + 1))


@pytest.mark.parametrize(("page", "id"), PAGES.items())
def test_claim_of_a_page(page, id, course, client):
    assert f'id="{id.strip("✗½")}"' in client.get(reverse(page)).text


def _without(**changes):
    return lambda lesson: replace(lesson, **changes)


def _all_true(lesson):
    depends = Depends(cases=((Condition(), True),))
    return replace(lesson, claims=tuple(replace(claim, expect=depends) for claim in lesson.claims))


@pytest.mark.parametrize(
    ("change", "sentences"),
    [
        (_without(covers=()), ["does not cover T01"]),
        (_without(claims=()), [f"leaves out the claim {id}" for id in ("C01", "C02", "C06", "C07")]),
        (_all_true, [f"says that {id} is true" for id in ("C01½", "C02½", "C06½", "C07✗")]),
    ],
    ids=["covers", "claims", "verdicts"],
)
def test_what_a_lesson_lacks_is_named(change, sentences):
    catalog = get_catalog()
    track = catalog.track("n_plus_one")
    changed = replace(track, lessons=(change(track.lessons[0]), *track.lessons[1:]))
    without = replace(catalog, tracks=tuple(changed if each is track else each for each in catalog.tracks))
    assert lacks(without, "n_plus_one") == [f"{FIRST} {sentence}" for sentence in sentences]


def test_a_lesson_out_of_place_is_named():
    catalog = get_catalog()
    track = catalog.track("n_plus_one")
    first, second, *rest = track.lessons
    for lessons in ((second, first, *rest), (second, *rest)):
        wrong = lacks(replace(catalog, tracks=(replace(track, lessons=tuple(lessons)),)), "n_plus_one")
        assert wrong[0].startswith(f"n_plus_one has the lessons ['{second.slug}', ")
    assert f"{FIRST} does not cover T01" in wrong


def test_a_claim_of_two_tracks_may_be_in_either():
    catalog = get_catalog()
    assert not any("C17" in each for each in lacks(catalog, "fetch_less"))  # over_joining has it
    assert any("C17" in each for each in lacks(replace(catalog, tracks=()), "fetch_less"))
