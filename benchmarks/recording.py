"""Recorder ÷ bare, access recorder ÷ recorder, CaptureQueriesContext and toolbar ÷ bare, on 1,001 queries."""

from contextlib import nullcontext

from debug_toolbar.panels.sql.panel import SQLPanel
from debug_toolbar.panels.sql.tracking import wrap_cursor
from debug_toolbar.toolbar import DebugToolbar
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext, override_settings

from benchmarks import BOOKS, LESSON
from benchmarks.figure import Figure, at_most
from benchmarks.pairs import ratios
from lab.recording.access_recorder import AccessRecorder
from lab.recording.places import StackPlaces
from lab.recording.recorder import Recorder
from lab.shelves import Shelf
from lessons.course.catalog import get_catalog
from lessons.runs.code import load_function


def naive():
    """Return (the lesson, its naive run())."""
    lesson = get_catalog().lesson(LESSON)
    return lesson, load_function(lesson, lesson.variant("naive").path, "run")


def figures():
    lesson, run = naive()
    shelf = Shelf(books=BOOKS)

    def under(watch):
        """All are timed alike, from opening the shelf to closing it; only the watching differs."""

        def timed():
            with shelf.open() as connection, watch(connection):
                for _ in run():
                    pass

        return timed

    def watching(recorder):
        return lambda connection: recorder(connection, engine=shelf.engine, places=StackPlaces(lesson.folder))

    bare, found = ratios(
        under(lambda connection: nullcontext()),
        {
            "recorder": under(watching(Recorder)),
            "access recorder": under(watching(AccessRecorder)),
            "capture": under(CaptureQueriesContext),
            "toolbar": under(_Toolbar),
        },
    )
    versus = {"recorder": "the same run, unwatched", "access recorder": "the recorder"}
    for name, (title, goal, means) in _WATCHES.items():
        ratio, peer = found[name], bare
        if name == "access recorder":
            ratio, peer = found[name] / found["recorder"], bare * found["recorder"]
        yield Figure(
            name=title,
            ours=bare * found[name] * 1000,
            peer=peer * 1000,
            ratio=ratio,
            versus=versus.get(name, versus["recorder"]),
            unit="ms",
            goal=goal,
            means=means,
        )


_WATCHES = {
    "recorder": (
        "recorder",
        at_most(1.10),
        "What it adds to 1,001 queries that each is recorded with its SQL, its rows, its time and its line.",
    ),
    "access recorder": (
        "access recorder",
        None,
        "What lessons with a trace add: every access to a model’s attribute is recorded as well.",
    ),
    "capture": (
        "CaptureQueriesContext",
        None,
        "What Django’s own context manager for tests adds. It keeps the SQL and the time, and no place.",
    ),
    "toolbar": (
        "debug toolbar, SQL panel",
        None,
        "What the SQL panel of the debug toolbar adds, with stack traces on.",
    ),
}


class _Toolbar:
    """The toolbar's SQL panel on one connection, as its middleware would set it up."""

    def __init__(self, connection):
        wrap_cursor(connection)
        self.connection = connection
        self.defaults = override_settings(DEBUG_TOOLBAR_CONFIG={})

    def __enter__(self):
        self.defaults.enable()
        toolbar = DebugToolbar(RequestFactory().get("/"), lambda request: HttpResponse())
        self.panel = self.connection._djdt_logger = toolbar.get_panel_by_id(SQLPanel.panel_id)

    def __exit__(self, *exception):
        self.panel.generate_stats(self.panel.toolbar.request, HttpResponse())
        self.defaults.disable()
