"""The file of every step that the course shows, against real plans, and its page."""

import re
from dataclasses import replace

import pytest

from lab.exceptions import EngineUnavailable
from lessons.course.catalog import get_catalog
from lessons.runs.shelved import ShelvedLesson
from lessons.vocabulary.plan_steps import Place, get_made_on, get_plan_steps
from lessons.words.plan_steps import step_name

SAMPLE = 5  # steps of an engine, and as many more of them as are rare
PLACES = 3  # of a step, one of which must show it: figures of a table that a server samples may differ


def names_at(place, shelves):
    lesson = get_catalog().lesson(place.lesson)
    shelved = ShelvedLesson(lesson=lesson, shelf=shelves[place.books])
    plan = shelved.explain(lesson.variant(place.variant), place.n).plan
    return {step_name(node, plan.vendor) for node in plan.walk()} if plan else set()


def test_steps_are_seen_where_the_file_says(engine, engine_shelves):
    if not get_made_on()[engine.name].startswith(f"{engine.label} {engine.version().rpartition('.')[0]}."):
        pytest.skip(f"The file was made on {get_made_on()[engine.name]}.")
    steps = get_plan_steps()[engine.name]
    for step in [*steps[:SAMPLE], *steps[-SAMPLE:]]:
        places = [place for place in step.seen if place.books in engine_shelves][:PLACES]
        assert any(step.name in names_at(place, engine_shelves) for place in places), step


def test_page_has_each_step_with_its_sentence_and_plans(client):
    html = client.get("/plans/").text
    for engine, steps in get_plan_steps().items():
        assert f'<section class="track" id="{engine}">' in html
        for step in steps:
            assert html.count(f'id="{step.slug}"') == 1
    entry = re.search(r'id="postgresql-seq-scan">(.*?)</div>', html, re.DOTALL)[1]
    assert "<code>Seq Scan</code>" in entry
    assert "<p>Reads a table from one end to the other" in entry
    assert re.search(
        r'<a rel="nofollow" href="/lessons/\w+/\w+/\w+/plan/\d+/\?engine=postgresql&amp;books=1000">', entry
    )


def test_page_needs_no_engine(client, monkeypatch):
    def off(engine):
        raise EngineUnavailable("It is off.")

    for name in ("postgresql", "mysql"):
        monkeypatch.setattr(f"lab.engines.{name}.{'PostgreSQL' if name == 'postgresql' else 'MySQL'}.version", off)
    assert client.get("/plans/").status_code == 200


def test_plan_of_a_lesson_that_is_no_more_has_no_link(client, monkeypatch):
    step = get_plan_steps()["sqlite"][0]
    gone = replace(step, seen=(Place(lesson="no/more", variant="naive", n=1, books=100), *step.seen[1:]))
    monkeypatch.setattr("lessons.pages.overviews.plan_steps.get_plan_steps", lambda: {"sqlite": (gone,)})
    html = client.get("/plans/").text
    assert "/lessons/no/more/" not in html
    assert f"/lessons/{step.seen[1].lesson}/" in html


@pytest.mark.parametrize("address", ["/plans/x/", "/plans/sqlite", "/plan/"])
def test_other_addresses_are_not_found(client, address):
    assert client.get(address).status_code == 404


def test_spelling_of_the_address_leads_there(client):
    assert 'href="/plans/"' in client.get("/plan/").text


@pytest.mark.parametrize(("asked", "slug"), [("seq scan", "postgresql-seq-scan"), ("filesort", "mysql-filesort")])
def test_search_finds_a_step_by_the_word_of_its_engine(client, asked, slug):
    html = client.get("/search/", {"q": asked}).text
    assert f'href="/plans/#{slug}"' in html


def test_plan_leads_to_what_its_steps_mean(client, shelves_at_hand):
    html = client.get("/lessons/n_plus_one/forward_foreign_key/naive/plan/1/?books=10").text
    assert '<a href="/plans/#sqlite">What the steps mean</a>' in html
