"""Nothing of a run survives it."""

import pytest
from django.apps import apps
from django.db.models.signals import post_save

from lab.exceptions import LabError, LoadError
from lab.running.process import Process
from lab.running.tests.prints import differences, take_print
from lab.running.tests.rude import HEAD, RUDE
from library.models import Book

ENDS = ("an error", "an exit")


def test_nothing_of_a_rude_run_survives_it(snippet):
    def run(body):
        return snippet.record(f"{HEAD}\ndef run():\n    {body}\n    return [1]\n")

    run("engines.all(), Book.objects.count()")
    take_print()  # what is asked for the first time is there from then on
    before = take_print()
    for leaving, body in RUDE.items():
        report = run(body)
        assert report.status == ("raised" if leaving in ENDS else "ok"), (leaving, report.error)
    assert differences(before, take_print()) == []  # no run puts back what an earlier one has left


RECEIVING = """
from django.db.models.signals import post_save

from library.models import Book


def receive(**kwargs):
    pass


def run():
    post_save.connect(receive, sender=Book)
    post_save._dead_receivers = True  # as where that of an earlier run is collected now
    return [(post_save.has_listeners(Book),)]
"""


def test_receiver_is_gone_even_where_another_has_died_meanwhile(snippet):
    """Django makes a new list of them then."""
    before = post_save.receivers
    report = snippet.record(RECEIVING)
    assert report.preview == ((True,),)
    assert post_save.receivers is before
    assert not post_save.has_listeners(Book)


MODEL = """
from django.db.models import CharField, Model


def run():
    class Draft(Model):
        name = CharField(max_length=10)

        class Meta:
            app_label = "asked_late"

    return [(Draft._meta.label,)]
"""


def test_model_is_gone_even_where_its_app_was_asked_for_between_runs(snippet, request):
    snippet.record(MODEL)
    request.addfinalizer(lambda: apps.all_models.pop("asked_late"))
    assert apps.all_models["asked_late"] == {}
    assert snippet.record(MODEL).preview == (("asked_late.Draft",),)
    assert apps.all_models["asked_late"] == {}


@pytest.mark.parametrize("leaving", ["a receiver", "a lookup", "the environment", "a field that is changed"])
def test_print_shows_what_is_left(databases, leaving):
    """Or the test above would prove nothing."""
    process, before = Process(), take_print()
    try:
        exec(f"{HEAD}\n{RUDE[leaving]}", {"__name__": "library.lesson"})
        assert differences(before, take_print()) != []
    finally:
        process.put_back()


STARTS = {
    "a process": "subprocess.run(['true'])",
    "a shell": "os.system('true')",
    "a child": "os.fork()",
    "a pool of processes": "list(ProcessPoolExecutor(1).map(abs, [1]))",
    "a process of multiprocessing": "multiprocessing.get_context('spawn').Process(target=print).start()",
}


@pytest.mark.parametrize("starting", STARTS)
def test_process_is_refused(snippet, starting):
    imports = "import multiprocessing, os, subprocess\nfrom concurrent.futures import ProcessPoolExecutor\n"
    with pytest.raises(LabError, match="A run starts no process"):
        snippet.record(f"{imports}\ndef run():\n    {STARTS[starting]}\n    return [1]\n")


def test_exit_while_loading_is_told(snippet):
    with pytest.raises(LoadError, match="SystemExit"):
        snippet.load("import sys\nsys.exit()\n")
