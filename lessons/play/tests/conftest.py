from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps

from lessons.browser import playing
from lessons.play.app import Own


@pytest.fixture(autouse=True)
def own_app(monkeypatch):
    """Where code is played with, which is no server, it is one of INSTALLED_APPS."""
    config = Own("lessons.play", import_module("lessons.play"))
    config.apps = apps
    config.import_models()
    monkeypatch.setitem(apps.app_configs, config.label, config)


@pytest.fixture
def ask(shelves, tmp_path, monkeypatch):
    """ask(name, files, books=10, …): what lessons.browser.playing answers."""
    monkeypatch.setattr(playing, "_FOLDER", Path(tmp_path) / "play")

    def asking(name, files, books=10, **asked):
        return getattr(playing, name)(files=files, books=books, **asked)

    return asking


@pytest.fixture
def play(ask):
    """play(files or the text of run.py, …): the run of run.py."""

    def playing_(files, **asked):
        files = {"run.py": files} if isinstance(files, str) else files
        answer = ask("play", files, ways=["run.py"], **asked)
        assert "trouble" not in answer, answer
        return answer["runs"][0]

    return playing_


@pytest.fixture
def trouble(ask):
    """trouble(files or the text of run.py): why they do not run, as (text, advice, line)."""

    def troubled(files, **asked):
        files = {"run.py": files} if isinstance(files, str) else files
        answer = ask("play", files, ways=["run.py"], **asked)
        if "trouble" in answer:
            found = answer["trouble"]
            text, place = found["text"], found["place"]
        else:
            found = answer["runs"][0]
            text, place = found["error"], found["error_place"]
        return text, found["advice"], place and (place["file"], place["line"])

    return troubled
