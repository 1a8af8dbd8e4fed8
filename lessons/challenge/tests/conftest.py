import json

import pytest
from django.conf import settings
from django.test import override_settings

from lab.shelves import Shelf
from lessons.challenge.judging import judge
from lessons.challenge.shelves import SEEDS, judged_shelves
from lessons.course.catalog import get_catalog
from lessons.runs.parcel import parcel


@pytest.fixture(scope="session")
def made(databases):
    """A data folder with the shelves that challenges are judged on."""
    folder = settings.DATA_DIR / "judged"
    with override_settings(DATA_DIR=folder):
        for books, seed in SEEDS.items():
            Shelf(books=books).build(seed=seed)
    return folder


@pytest.fixture
def judged(made, settings, tmp_path):
    """Judges the code of a reader: judged(lesson, code) returns the Verdict."""
    settings.DATA_DIR = made

    def judged(lesson, code):
        if isinstance(lesson, str):
            lesson = get_catalog().lesson(lesson)
        sent = json.loads(json.dumps(parcel(lesson)))
        return judge(sent, code, root=tmp_path, shelves=judged_shelves())

    return judged
