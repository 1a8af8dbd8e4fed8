"""The course teaches what its literature teaches, and puts to the test what that says."""

import re
from dataclasses import replace

import pytest
from django.urls import reverse

from lessons.course.catalog import get_catalog
from lessons.course.contract import Condition, Depends
from lessons.pages.overviews.claims import list_claims
from lessons.runs.verdicts import TRUE, WORDS
from lessons.vocabulary.literature import get_literature

LITERATURE = get_literature()
# Those of the course's first part, in the order in which they build on each other.
TRACKS = [
    "n_plus_one",
    "seeing_queries",
    "when_does_it_run",
    "fetch_less",
    "let_the_database_choose",
    "group_and_aggregate",
    "write_in_bulk",
    "transactions",
    "schema_and_indexes",
    "raw_sql",
    "around_the_orm",
]


def lacks(catalog):
    """Yield what the course lacks of its literature, in sentences that name ids."""
    entries = list_claims(catalog)
    taught = {id for lesson in catalog.lessons for id in lesson.covers} | {entry.claim.id for entry in entries}
    for id in LITERATURE.techniques:
        if id not in taught:
            yield f"No lesson covers {id}."
    for id, claim in LITERATURE.claims.items():
        words = {entry.word for entry in entries if entry.claim.id == id}
        if not words and not claim.page:
            yield f"No lesson puts {id} to the test."
        elif words == {TRUE} and claim.verdict not in (TRUE, "untested"):
            yield f"{id} was measured: {claim.verdict}. The course says that it is true."


def test_all_of_the_literature_is_in_the_course():
    assert list(lacks(get_catalog())) == []


def test_tracks_are_in_their_order():
    there = [track.slug for track in get_catalog().tracks]
    assert [track for track in there if track in TRACKS] == TRACKS


def test_no_id_is_left_out():
    for kind, ids in (("T", LITERATURE.techniques), ("C", LITERATURE.claims)):
        numbers = [int(id[1:]) for id in ids if id[0] == kind]
        assert numbers == list(range(1, len(numbers) + 1))
    assert len(LITERATURE.techniques) >= 74 + 13
    assert len(LITERATURE.claims) >= 108


def test_what_an_id_stands_for_is_a_sentence():
    said = [*LITERATURE.techniques.values(), *(claim.says for claim in LITERATURE.claims.values())]
    assert [words for words in said if not re.fullmatch(r"\S.*\.", words)] == []
    assert len(set(said)) == len(said)
    assert {claim.verdict for claim in LITERATURE.claims.values()} == {*WORDS, "untested"}


@pytest.mark.parametrize(("id", "page"), [(id, each.page) for id, each in LITERATURE.claims.items() if each.page])
def test_page_that_puts_a_claim_to_the_test_names_it(id, page, course, client):
    assert f'id="{id}"' in client.get(reverse(page)).text


def test_claim_without_an_id_is_shown(course, client):
    course.write("claims.py", 'def so(log):\n    """It is said."""\n    return True\n')
    course.add("lesson.toml", '\n[claims.so]\nexpect = true\ntruth = "Yes."\n')
    html = client.get(reverse("claims_index")).text
    assert "It is said." in html
    assert "claim-id" not in html


def _changed(catalog, change):
    """The catalog with its first N+1 lesson changed."""
    first = catalog.lesson("n_plus_one/forward_foreign_key")

    def of(track):
        return replace(track, lessons=tuple(change(each) if each is first else each for each in track.lessons))

    return replace(catalog, tracks=tuple(of(track) for track in catalog.tracks))


def _all_true(lesson):
    depends = Depends(cases=((Condition(), True),))
    return replace(lesson, claims=tuple(replace(claim, expect=depends) for claim in lesson.claims))


@pytest.mark.parametrize(
    ("change", "sentences"),
    [
        (lambda lesson: replace(lesson, covers=()), ["No lesson covers T01."]),
        (
            lambda lesson: replace(lesson, claims=()),
            [f"No lesson puts {id} to the test." for id in ("C01", "C02", "C06", "C07")],
        ),
        (
            _all_true,
            [
                f"{id} was measured: {verdict}. The course says that it is true."
                for id, verdict in (
                    ("C01", "it depends"),
                    ("C02", "it depends"),
                    ("C06", "it depends"),
                    ("C07", "false"),
                )
            ],
        ),
    ],
    ids=["covers", "claims", "verdicts"],
)
def test_what_the_course_lacks_is_named(change, sentences):
    assert list(lacks(_changed(get_catalog(), change))) == sentences
