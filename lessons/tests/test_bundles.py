import os
import re

import pytest

from lessons.templatetags import stylesheets


@pytest.fixture
def written(settings, monkeypatch, tmp_path):
    """written(after=seconds): a stylesheet of a developer's, in the place of all, so long after the build."""
    settings.DEBUG = True
    monkeypatch.setattr(stylesheets, "STYLESHEETS", tmp_path)
    sheet = tmp_path / "tokens.css"
    sheet.touch()
    made = (settings.BASE_DIR / "static/build/css/site.css").stat().st_mtime

    def write(after):
        os.utime(sheet, (made + after, made + after))

    return write


def test_page_waits_for_two_stylesheets(client):
    html = client.get("/lessons/n_plus_one/forward_foreign_key/").text
    sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)">', html)
    assert [re.sub(r"\.[0-9a-f]{12}", "", sheet) for sheet in sheets] == [
        "/static/build/css/site.css",
        "/static/build/css/lesson.css",
    ]


def test_what_was_not_built_is_as_it_stands(monkeypatch, static_files):
    monkeypatch.setattr(stylesheets, "built", lambda name: "")
    assert "/static/css/bundles/site." in stylesheets.bundle("site")


def test_in_development_an_edit_is_seen(written):
    written(after=-1)
    assert "/build/css/site." in stylesheets.bundle("site")
    written(after=1)
    assert "/css/bundles/site." in stylesheets.bundle("site")


def test_on_a_server_the_build_is_not_looked_at_again(written, settings):
    settings.DEBUG = False
    written(after=1)
    assert "/build/css/site." in stylesheets.bundle("site")
