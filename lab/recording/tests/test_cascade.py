import textwrap

import django
import pytest
from django.apps import apps
from django.db.models import signals

from lab.recording.cascade import cascades
from lab.recording.places import StackPlaces
from lab.running.loading import load
from lab.running.runner import record
from lab.running.setup import load_setup
from lab.shelves import WRITE

BOOKSTORE = apps.get_models(include_auto_created=True)
SHOP = """
    from django.db import models

    class Shelf(models.Model):
        above = models.ForeignKey("self", models.CASCADE, null=True, related_name="below")


    class Box(models.Model):
        shelf = models.ForeignKey(Shelf, {on_delete}, related_name="boxes")


    class Card(models.Model):
        box = models.ForeignKey(Box, models.CASCADE, related_name="cards", null=True)
        labels = models.ManyToManyField(Shelf, related_name="+")


    def setup():
        top = Shelf.objects.create()
        shelves = [top, Shelf.objects.create(above=top), Shelf.objects.create(above=top)]
        for shelf in shelves[:{boxed}]:
            for _ in range(2):
                box = Box.objects.create(shelf=shelf)
                Card.objects.bulk_create(Card(box=box) for _ in range(3))
"""
DELETE_SHELF = """
    from setup import Shelf

    def run():
        {statement}
        yield Shelf.objects.count()
"""


def drawn(node):
    """The tree in short: (model, rule, [what happened], children)."""
    steps = [f"{step.number} {step.kind} {step.rows} in {step.count}" for step in node.steps]
    relation = f"{node.relation} {node.on_delete}" if node.relation else None
    return (node.model, relation, steps, [drawn(child) for child in node.children])


def reasons(root):
    return [node.reason for node in told(root)]


def told(node):
    yield node
    for child in node.children:
        yield from told(child)


@pytest.fixture
def delete(tmp_path, shelf):
    """Run a statement on the shop of a setup.py; returns (its report, the cascades)."""

    def run(statement, *, on_delete="models.CASCADE", boxed=3):
        source = textwrap.dedent(SHOP.format(on_delete=on_delete, boxed=boxed))
        setup = load_setup(source, str(tmp_path / "setup.py"))
        code = textwrap.dedent(DELETE_SHELF.format(statement=statement)).lstrip("\n")
        function = load(code, str(tmp_path / "naive.py"), modules={"setup": setup.module})["run"]
        places = StackPlaces(tmp_path)
        report = record(function, shelf=shelf, access=WRITE, places=places, prepare=setup.prepare)
        return report, cascades(report.groups, [*BOOKSTORE, *setup.models])

    return run


def test_cascade_of_the_bookstore(engine_shelves, tmp_path):
    source = "from library.models import Author\ndef run():\n    Author.objects.filter(pk__lte=2).delete()\n    return [1]\n"
    function = load(source, str(tmp_path / "naive.py"))["run"]
    report = record(function, shelf=engine_shelves[10], access=WRITE, places=StackPlaces(tmp_path))
    (root,) = cascades(report.groups, BOOKSTORE)
    assert [(node.model, node.relation, node.on_delete) for node in told(root)] == [
        ("Author", None, None),
        ("Profile", "Profile.author", "CASCADE"),
        ("Book", "Book.author", "CASCADE"),
        ("Book_genres", "Book_genres.book", "CASCADE"),
        ("Sale", "Sale.book", "CASCADE"),
        ("Review", "Review.book", "CASCADE"),
        ("Book", "Book.editor", "SET_NULL"),
    ]
    steps = sorted((step.number, step.kind) for node in told(root) for step in node.steps)
    kinds = ["select", "select", *["delete"] * 4, "update", "delete", "delete"]
    assert steps == list(enumerate(kinds, start=1))
    assert sum(len(step.groups) for node in told(root) for step in node.steps) == report.queries
    assert root.steps[0].rows == root.steps[-1].rows == 2
    assert root.referring == ("Profile", "Book")


def test_rows_deleted_and_updated_are_those_of_the_database(snippet):
    report = snippet.record(
        """
        from library.models import Author, Book

        def run():
            edited = Book.objects.filter(editor=1).exclude(author=1).count()
            total, by_model = Author.objects.filter(pk=1).delete()
            return [edited, total, *by_model.values()]
        """,
        access=WRITE,
    )
    edited, total, *_ = report.preview
    (root,) = cascades(report.groups, BOOKSTORE)
    steps = [step for node in told(root) for step in node.steps]
    assert sum(step.rows for step in steps if step.kind == "delete") == total
    assert sum(step.rows for step in steps if step.kind == "update") >= edited
    assert report.rows_affected == total + sum(step.rows for step in steps if step.kind == "update")


def test_cascade_of_a_loop_counts_its_statements(delete):
    _, (root,) = delete("[shelf.delete() for shelf in Shelf.objects.filter(above__isnull=False)]")
    assert drawn(root) == (
        "Shelf",
        None,
        ["8 delete 2 in 2"],
        [
            ("Shelf", "Shelf.above CASCADE", ["1 select 0 in 2"], []),
            (
                "Box",
                "Box.shelf CASCADE",
                ["2 select 4 in 2", "6 delete 4 in 2"],
                [
                    (
                        "Card",
                        "Card.box CASCADE",
                        ["3 select 12 in 2", "7 delete 12 in 2"],
                        [("Card_labels", "Card_labels.card CASCADE", ["4 delete 0 in 2"], [])],
                    )
                ],
            ),
            ("Card_labels", "Card_labels.shelf CASCADE", ["5 delete 0 in 2"], []),
        ],
    )
    assert reasons(root) == [
        "In memory before.",
        "None found.",
        "Read first: Card refers to it.",
        "Read first: Card_labels refers to it.",
        "None found.",
        "None found.",
    ]


def test_cascade_onto_its_own_model(delete):
    _, (root,) = delete("Shelf.objects.filter(above=None).delete()", boxed=0)
    model, _, steps, (below, *_) = drawn(root)
    assert (model, steps) == ("Shelf", ["1 select 1 in 1", "5 delete 3 in 1"])
    assert below == ("Shelf", "Shelf.above CASCADE", ["2 select 2 in 2"], [])
    assert reasons(root)[1] == "Read first: Shelf, Box and Card_labels refer to it."


@pytest.mark.parametrize(
    ("on_delete", "steps", "why"),
    [
        ("models.PROTECT", ["3 select 0 in 1"], "None found."),
        ("models.DO_NOTHING", [], "No statement: the database sees to it."),
    ]
    + [("models.DB_CASCADE", [], "No statement: the database sees to it.")] * (django.VERSION >= (6, 1)),
)
def test_relation_that_takes_nothing_along(delete, on_delete, steps, why):
    report, (root,) = delete("Shelf.objects.exclude(above=None).delete()", on_delete=on_delete, boxed=1)
    (box,) = [node for node in told(root) if node.model == "Box"]
    assert report.error is None
    assert (drawn(box), box.reason) == (("Box", on_delete.replace("models.", "Box.shelf "), steps, []), why)
    assert root.referring == ("Shelf", "Box", "Card_labels")[:: 1 if "PROTECT" in on_delete else 2]


def test_no_cascade_of_what_is_refused_or_writes_nothing(delete):
    report, roots = delete("Shelf.objects.all().delete()", on_delete="models.PROTECT")
    assert (report.error_type, roots) == ("ProtectedError", ())
    report, roots = delete("Shelf.objects.filter(pk=0).delete()")
    assert (report.queries, roots) == (2, ())


def test_listener_makes_django_read(snippet):
    def nobody(**_):
        pass

    source = """
        from library.models import Review

        def run():
            Review.objects.filter(pk=1).delete()
            return [1]
    """
    reviews = apps.get_model("library.Review")
    unheard = snippet.record(source, access=WRITE)
    signals.post_delete.connect(nobody, sender=reviews)
    try:
        heard = snippet.record(source, access=WRITE)
    finally:
        signals.post_delete.disconnect(nobody, sender=reviews)
    trees = [cascades(report.groups, BOOKSTORE) for report in (unheard, heard)]
    assert [drawn(root) for (root,) in trees] == [
        ("Review", None, ["1 delete 1 in 1"], []),
        ("Review", None, ["1 select 1 in 1", "2 delete 1 in 1"], []),
    ]
    assert [root.reason for (root,) in trees] == [
        "Not read: nothing refers to it.",
        "Read first: a listener to delete signals is given each object.",
    ]


def test_two_deletions_are_two_cascades(delete):
    _, roots = delete("Shelf.objects.get(pk=3).delete(); Shelf.objects.get(pk=2).delete()")
    assert [(root.model, root.steps[-1].rows) for root in roots] == [("Shelf", 1), ("Shelf", 1)]


def test_proxy_of_a_lesson_takes_no_tables_place(shelf, tmp_path):
    source = "from library.models import Author\n\n\nclass Writer(Author):\n    class Meta:\n        proxy = True\n\n\ndef setup():\n    pass\n"
    setup = load_setup(source, str(tmp_path / "setup.py"))
    code = "from setup import Writer\ndef run():\n    Writer.objects.filter(pk=1).delete()\n    return [1]\n"
    function = load(code, str(tmp_path / "naive.py"), modules={"setup": setup.module})["run"]
    where = {"access": WRITE, "places": StackPlaces(tmp_path), "prepare": setup.prepare}
    (root,) = cascades(record(function, shelf=shelf, **where).groups, [*BOOKSTORE, *setup.models])
    assert [node.model for node in told(root)][:2] == ["Author", "Profile"]
