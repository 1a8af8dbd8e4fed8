import re

import pytest

from lessons.course.catalog import get_catalog
from lessons.search.documents import make_documents
from lessons.vocabulary.glossary import get_glossary
from lessons.vocabulary.plan_steps import get_plan_steps
from lessons.vocabulary.symptoms import get_symptoms

CLAIM = '''
def so(log):
    """Everybody mumbles it."""
'''
DECLARED = """
[claims.so]
expect = true
truth = "Nobody can verify it."
"""


def of_course():
    return make_documents(get_catalog())


def test_there_is_one_for_each_lesson_symptom_term_and_step_of_a_plan():
    urls = [document.url for document in of_course()]
    assert len(set(urls)) == len(urls)
    steps = sum(map(len, get_plan_steps().values()))
    assert len(urls) == len(get_catalog().lessons) + len(get_symptoms()) + len(get_glossary().terms) + steps
    assert "/plans/#postgresql-seq-scan" in urls
    assert {"/lessons/n_plus_one/forward_foreign_key/", "/symptoms/#slow_count", "/glossary/#n-1"} <= set(urls)


@pytest.mark.parametrize(
    "word",
    ["titles", "wrote", "read", "happens", "saw", "order_by", "select_related", "everybody", "verify"],
    ids=["title", "summary", "rule", "question", "prose", "naive", "optimized", "claim", "truth"],
)
def test_lesson_has_every_word_of_its_own(course, word):
    course.write("claims.py", CLAIM)
    course.add("lesson.toml", DECLARED)
    lesson = of_course()[0]
    assert lesson.kind == "lesson"
    assert re.search(rf"\b{word}\b", f"{lesson.title} {lesson.says} {lesson.text}".lower())


def test_lesson_has_the_words_of_its_symptoms(course):
    course.change("lesson.toml", "title =", 'symptoms = ["slow_count"]\ntitle =')
    assert "is there any" in of_course()[0].asked


def test_later_lessons_of_a_track_weigh_less():
    documents = {document.url: document for document in of_course()}
    first, second = get_catalog().tracks[1].lessons[:2]
    weights = [documents[f"/lessons/{lesson.path}/"].weight for lesson in (first, second)]
    assert weights[0] > weights[1] > documents["/glossary/#n-1"].weight


def test_lines_have_no_marks_of_markdown():
    assert [each.title for each in of_course() if re.search("[`*]", each.title + each.says)] == []
