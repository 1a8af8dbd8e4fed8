"""Recorder ÷ bare, access recorder ÷ recorder, CaptureQueriesContext and toolbar ÷ bare, on 1,001 queries."""

from contextlib import nullcontext

from debug_toolbar.panels.sql.panel import SQLPanel
from debug_toolbar.panels.sql.tracking import wrap_cursor
from debug_toolbar.toolbar import DebugToolbar
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext, override_settings

from benchmarks.pairs import ratios, say
from lab.recording.access_recorder import AccessRecorder
from lab.recording.places import StackPlaces
from lab.recording.recorder import Recorder
from lab.shelves import Shelf
from lessons.course.catalog import get_catalog
from lessons.runs.code import load_function

LESSON = "n_plus_one/forward_foreign_key"
BOOKS = 1_000


def naive():
    """Return (the lesson, its naive run())."""
    lesson = get_catalog().lesson(LESSON)
    return lesson, load_function(lesson, lesson.variant("naive").path, "run")


def main():
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
    say("bare run of 1,001 queries, ms", f"{bare * 1000:.0f}")
    say("recorder ÷ bare", f"{found['recorder']:.2f}", "goal ≤ 1.10")
    say("access recorder ÷ recorder", f"{found['access recorder'] / found['recorder']:.2f}")
    say("CaptureQueriesContext ÷ bare", f"{found['capture']:.2f}")
    say("debug toolbar ÷ bare (its SQL panel, stack traces on)", f"{found['toolbar']:.2f}")


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
