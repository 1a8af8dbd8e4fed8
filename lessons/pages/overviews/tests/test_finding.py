"""The ways to a lesson: symptoms, glossary, models, names."""

import re

import pytest

from lessons.course.catalog import get_catalog
from lessons.course.prose import terms_of
from lessons.pages.tests.markup import words
from lessons.vocabulary.glossary import get_glossary
from lessons.vocabulary.symptoms import get_symptoms
from library import models


def test_symptom_leads_to_its_lessons_the_most_direct_first(course, get):
    other = course.content / "020_other_track" / "010_another"
    other.parent.mkdir()
    (other.parent / "track.toml").write_text('title = "Other"\nsummary = "Too."\n')
    other.mkdir()
    for path in course.folder.iterdir():
        (other / path.name).write_text(path.read_text())
    course.change("lesson.toml", "ordered = true", 'ordered = true\nsymptoms = ["one_slow_query", "memory_grows"]')
    toml = (other / "lesson.toml").read_text()
    (other / "lesson.toml").write_text(
        toml.replace("ordered = true", 'ordered = true\nsymptoms = ["memory_grows"]')
    )
    html = get("/symptoms/")
    section = re.search(r'id="memory_grows".*?</section>', html, re.DOTALL)[0]
    assert re.findall(r'href="/lessons/(\w+)/', section) == ["other_track", "a_track"]
    assert "deadlock_detected" not in html, "no lesson helps with it"


def test_symptoms_of_the_course_each_have_a_lesson(client):
    html = client.get("/symptoms/").text
    missing = [slug for slug in get_symptoms() if f'id="{slug}"' not in html]
    assert not missing


def test_term_is_linked_at_its_first_use(course, get):
    course.write(
        "README.md", "# N+1\n\nAn `N+1` and an N+1 query, an N+1.\n\n## What you saw\n\nAn N+1, [N+1](/x/).\n"
    )
    html = get("/lessons/a_track/a_lesson/")
    assert html.count('href="/glossary/#n-1"') == 1
    assert (
        'and an <a href="/glossary/#n-1" class="term">N+1</a> <a href="/glossary/#query" class="term">query</a>'
        in html
    )
    assert 'href="/glossary/#n-1"' not in get("/lessons/a_track/a_lesson/naive/")


def test_longest_form_of_a_term_is_taken(course, get):
    course.write("README.md", "A composite index, and a pre-index.\n\n## What you saw\n\nIt.\n")
    html = get("/lessons/a_track/a_lesson/")
    assert re.findall(r'class="term">(.*?)</a>', html) == ["composite index"]


def test_glossary_lists_who_uses_a_term(course, get):
    course.write("README.md", "A write skew.\n\n## What you saw\n\nIt.\n")
    html = get("/glossary/")
    entry = re.search(r'<div id="write-skew">.*?</div>', html, re.DOTALL)[0]
    assert 'href="/lessons/a_track/a_lesson/"' in entry
    assert "/lessons/" not in re.search(r'<div id="deadlock">.*?</div>', html, re.DOTALL)[0]


def test_slugs_and_forms_of_terms_are_their_own():
    terms = get_glossary().terms
    assert len({term.slug for term in terms}) == len(terms)
    forms = [form.lower() for term in terms for form in term.forms]
    assert sorted(forms) == sorted(set(forms))


def test_terms_that_no_lesson_uses_are_few():
    used = {term for lesson in get_catalog().lessons for term in terms_of(lesson)}
    titles = {term for lesson in get_catalog().lessons for _, term in get_glossary().find(lesson.title)}
    unused = [term.name for term in get_glossary().terms if term not in used | titles]
    assert len(unused) < len(get_glossary().terms) / 4, unused


def test_models_have_fields_relations_and_rows(get):
    html = get("/models/")
    book = words(re.search(r'id="Book">.*?</section>', html, re.DOTALL)[0])
    assert "100, 1,000, 10,000 rows on shelves of 100, 1,000, 10,000 books" in book
    assert "editor ForeignKey Author way back edited_books may be null" in book
    assert "genres ManyToManyField Genre way back books" in book


def test_diagram_has_every_model(get):
    html = get("/models/")
    if "<svg" not in html:
        pytest.skip("The diagram was not drawn; make static/build/models.svg draws it.")
    drawn = set(re.findall(r'xlink:href="#(\w+)"', html))
    assert {name for name in vars(models) if name in drawn} == drawn
    assert "Wallet" in drawn


def test_code_links_its_models(get):
    html = get("/lessons/a_track/a_lesson/naive/")
    assert re.search(r'<a class="model-link" href="/models/#Book"><span class="n">Book</span></a>', html)


def test_lessons_link_only_to_what_is_there():
    paths = {lesson.path for lesson in get_catalog().lessons} | {track.slug for track in get_catalog().tracks}
    for lesson in get_catalog().lessons:
        text = (lesson.folder / "README.md").read_text()
        for target in re.findall(r"\]\(/lessons/([^)#]*)", text):
            path = "/".join(target.strip("/").split("/")[:2])
            assert path in paths, f"{lesson.path} links to /lessons/{target}"


def test_lesson_says_where_it_is_and_what_is_near(course, get):
    course.change("lesson.toml", "ordered = true", 'ordered = true\nteaches = ["select_related", "F"]')
    other = course.track / "020_another"
    other.mkdir()
    for path in course.folder.iterdir():
        (other / path.name).write_text(path.read_text())
    third = course.track / "030_third"
    third.mkdir()
    for path in course.folder.iterdir():
        (third / path.name).write_text(path.read_text())
    html = get("/lessons/a_track/a_lesson/naive/")
    assert "Lesson 1 of 3" in html
    related = re.search(r"Related lessons.*?</ul>", html, re.DOTALL)[0]
    assert re.findall(r'href="(.*?)"', related) == ["/lessons/a_track/third/"], "the next one is linked already"


def test_no_lesson_was_where_one_is():
    catalog = get_catalog()
    old = [path for lesson in catalog.lessons for path in lesson.was]
    assert not {lesson.path for lesson in catalog.lessons} & set(old)
    assert len(old) == len(set(old))


def test_keyword_of_sql_is_a_term_in_capitals_alone():
    assert [term.name for _, term in get_glossary().find("the limit where LIMIT ends")] == ["LIMIT"]
