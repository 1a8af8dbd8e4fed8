"""What a reader has written runs as it stands, and leaves nothing behind."""

import pytest
from django.apps import apps
from django.contrib.auth.models import User

SHOP = """
from django.conf import settings
from django.db import models


class Customer(models.Model):
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="customer")


class Book(models.Model):
    title = models.CharField(max_length=20)


class Order(models.Model):
    customer = models.ForeignKey("shop.Customer", on_delete=models.CASCADE, related_name="orders")
    books = models.ManyToManyField(Book)


def setup():
    from django.contrib.auth.models import User

    book = Book.objects.create(title="Dune")
    for name in ("ann", "bob"):
        customer = Customer.objects.create(user=User.objects.create(username=name))
        customer.orders.create().books.add(book)
"""


def test_script_runs_as_it_stands_and_its_last_expression_is_what_it_returns(play):
    run = play(
        "from library.models import Book\nbooks = Book.objects.order_by('pk')\nprint(len(books))\nbooks[:2]"
    )
    assert run["status"] == "ok"
    assert run["printed"] == "10\n"
    assert run["returned"] == 2
    assert run["columns"][:2] == ["id", "title"]
    assert [row[0] for row in run["preview"]] == ["1", "2"]


def test_queryset_that_is_returned_is_fetched_at_its_expression(play):
    script = play("from library.models import Book\nBook.objects.only('title')")
    assert [group["place"]["line"] for group in script["groups"]] == [2]
    function = play("from library.models import Book\n\n\ndef run():\n    return Book.objects.only('title')\n")
    [group] = function["groups"]
    assert (group["place"]["line"], group["place"]["column"]) == (5, 11)
    assert function["columns"] == ["id", "title"]  # a deferred field is not fetched to be shown


def test_return_of_a_function_within_is_its_own(play):
    run = play("def run():\n    def two():\n        return 2\n\n    return [two(), 3]\n")
    assert run["preview"] == [["2"], ["3"]]


@pytest.mark.parametrize(
    ("last", "columns", "rows"),
    [
        ("None", [], []),
        ("41 + 1", ["value"], [["42"]]),
        ("{'a': 1}", ["1", "2"], [["'a'", "1"]]),
        ("Book.objects.values('pk').filter(pk=1)", ["pk"], [["1"]]),
        ("Book.objects.values_list('pk', named=True).filter(pk=1)", ["pk"], [["1"]]),
        ("[(book, book.author_id) for book in Book.objects.filter(pk=1)]", ["1", "2"], [["'Book 1'", "4"]]),
        ("(n for n in range(2))", ["value"], [["0"], ["1"]]),
        ("Book.objects", ["value"], [["'<django.db.models.manager.Manager object at"]]),
    ],
)  # fmt: skip
def test_whatever_comes_is_a_table(play, last, columns, rows):
    run = play(f"from library.models import Book\n{last}")
    assert run["columns"] == columns
    assert run["returned"] == (None if last == "None" else len(rows))
    assert [[value.partition(" object at")[0] for value in row] for row in run["preview"]] == [
        [value.partition(" object at")[0] for value in row] for row in rows
    ]


def test_asynchronous_run(play):
    run = play(
        "from library.models import Book\n\n\nasync def run():\n    async for book in Book.objects.filter(pk=1):\n"
        "        yield book.title\n"
    )
    assert (run["status"], run["queries"], run["returned"]) == ("ok", 1, 1)
    run = play("from library.models import Book\n\n\nasync def run():\n    return await Book.objects.acount()\n")
    assert run["preview"] == [["10"]]


def test_template_and_a_file_of_ones_own(play):
    files = {
        "templates/list.html": "{% for book in books %}{{ book.title|upper }};{% endfor %}",
        "helpers.py": "from library.models import Book\n\n\ndef first():\n    return Book.objects.order_by('pk')[:1]\n",
        "run.py": "from django.template.loader import render_to_string\nfrom helpers import first\n"
        "render_to_string('list.html', {'books': first()})",
    }
    run = play(files)
    [[title]] = play({**files, "run.py": "from helpers import first\n[book.title for book in first()]"})["preview"]
    assert run["rendered"] == f"{title.strip(chr(39)).upper()};"
    [group] = run["groups"]
    assert group["place"]["file"] == "templates/list.html"


def test_own_models_have_tables_rows_and_accessors(play):
    run = play(
        {
            "models.py": SHOP,
            "run.py": "from django.contrib.auth.models import User\nfrom .models import Order\n"
            "print(User.objects.filter(customer__orders__books__title='Dune').count())\n"
            "[(order.customer.user.username, order.books.count()) for order in Order.objects.all()]",
        },
        books=0,
    )
    assert run["error"] is None
    assert run["printed"] == "2\n"
    assert run["preview"] == [["'ann'", "1"], ["'bob'", "1"]]
    assert any('"app_order"' in "".join(text for _, text in group["sql"]) for group in run["groups"])


def test_setup_of_models_alone_is_called_and_once(play):
    files = {
        "models.py": "calls = []\n\n\ndef setup():\n    calls.append(1)\n",
        "helpers.py": "from models import setup\n",
        "run.py": "from models import calls\ncalls",
    }
    assert play(files)["preview"] == [["1"]]


def test_nothing_of_it_stays(play):
    before = {label: sorted(models) for label, models in apps.all_models.items()}
    accessors = set(vars(User)), [field.name for field in User._meta.get_fields()]
    play({"models.py": SHOP, "run.py": "1"})
    assert {label: sorted(models) for label, models in apps.all_models.items() if models} == {
        label: models for label, models in before.items() if models
    }
    assert (set(vars(User)), [field.name for field in User._meta.get_fields()]) == accessors
    play({"models.py": SHOP, "run.py": "1"})  # and so they can be defined again


def test_two_ways_may_define_the_same_model(ask):
    code = "from django.db import models\n\n\nclass Mark(models.Model):\n    pass\n\n\nMark._meta.db_table"
    answer = ask("play", {"run.py": code, "other.py": code}, ways=["run.py", "other.py"])
    assert [run["preview"] for run in answer["runs"]] == [[["'app_mark'"]], [["'app_mark'"]]]


def test_each_run_has_data_of_its_own(play, shelves):
    before = shelves[10].engine.checksum(10)
    delete = "from library.models import Book\nBook.objects.all().delete()\nBook.objects.count()"
    assert [play(delete)["preview"], play(delete)["preview"]] == [[["0"]], [["0"]]]
    assert shelves[10].engine.checksum(10) == before


def test_empty_bookstore(play):
    run = play(
        "from library.models import Author, Book\nAuthor.objects.count(), Book.objects.count()",
        books=0,
    )
    assert run["error"] is None
    assert run["preview"] == [["0"], ["0"]]


def test_two_ways_are_compared_on_the_same_data(ask):
    files = {
        "run.py": "from library.models import Book\n[(book.pk, book.author.name) for book in Book.objects.order_by('pk')]",
        "other.py": "from library.models import Book\nBook.objects.order_by('pk').values_list('pk', 'author__name')",
    }
    answer = ask("play", files, ways=["run.py", "other.py"])
    assert answer["comparison"] == {"says": "Both return the same rows.", "same": True, "difference": []}
    assert [run["queries"] for run in answer["runs"]] == [11, 1]
    files["other.py"] = files["other.py"].replace("'pk')", "'-pk')", 1)
    assert "in another order" in ask("play", files, ways=["run.py", "other.py"])["comparison"]["says"]
    files["other.py"] = files["other.py"].replace(".values_list", ".exclude(pk=3).values_list")
    compared = ask("play", files, ways=["run.py", "other.py"])["comparison"]
    assert compared["says"].startswith("The rows differ: 10 here, 9 the other way.")
    assert compared["difference"]
    files["other.py"] = "1 / 0"
    assert ask("play", files, ways=["run.py", "other.py"])["comparison"] is None


def test_plan_accesses_and_cascades_of_a_run(ask):
    files = {
        "run.py": "from library.models import Author, Book\nfor book in Book.objects.all():\n    book.author.name\n"
        "Author.objects.first().delete()"
    }
    assert "author" in ask("explained", files, way="run.py", n=2)["plan"]["verdict"]
    assert "no number 99" in ask("explained", files, way="run.py", n=99)["trouble"]["text"]
    traced = ask("traced", files, way="run.py")
    assert ("foreign key access", "database", 10) in [
        (access["what"], access["answered_by"], access["count"]) for access in traced["accesses"]
    ]
    assert [node["model"] for node in traced["cascades"]] == ["Author"]


def test_tables_before_and_after(ask):
    files = {"models.py": SHOP, "run.py": "from models import Order\nOrder.objects.first().delete()"}
    before, after = (
        {table["name"]: table for table in ask("looked", files, way=way)["database"]["tables"]}
        for way in (None, "run.py")
    )
    assert (before["app_order"]["rows"], after["app_order"]["rows"]) == (2, 1)
    assert [column["leads_to"] for column in before["app_order"]["columns"]] == [None, "app_customer"]
    assert before["library_book"]["rows"] == 10
    assert len(before["library_sale"]["first"]) == 20
    assert ["author_id"] in [list(index["columns"]) for index in before["library_book"]["indexes"]]
    assert not [name for name in before if name.startswith(("django_", "queryshelf_"))]
    assert ask("looked", files, way=None)["database"]["bytes"] > 100_000


def test_tables_after_a_run_that_fails_are_none_and_why_is_told(ask):
    trouble = ask("looked", {"run.py": "from library.models import Book\n1 / 0"}, way="run.py")["trouble"]
    assert trouble["text"] == "ZeroDivisionError: division by zero"
    assert trouble["place"]["line"] == 2


def test_diagram_has_own_models_and_what_they_lead_to_or_the_bookstore(ask):
    drawn = {model["name"]: model for model in ask("drawn", {"models.py": SHOP, "run.py": ""})["models"]}
    assert [(name, model["is_own"]) for name, model in drawn.items()] == [
        ("Customer", True), ("Book", True), ("Order", True), ("User", False),
    ]  # fmt: skip
    assert {field["name"]: (field["leads_to"], field["is_many"]) for field in drawn["Order"]["fields"]} == {
        "id": (None, False), "customer": ("Customer", False), "books": ("Book", True),
    }  # fmt: skip
    assert "Wallet" in [model["name"] for model in ask("drawn", {"run.py": ""})["models"]]


def test_diagram_tells_models_of_one_name_apart(ask):
    models = (
        "from django.db import models\nfrom library.models import Book as Sold\n\n\nclass Book(models.Model):\n"
        "    sold = models.ForeignKey(Sold, models.CASCADE, related_name='mine')\n"
    )
    drawn = ask("drawn", {"models.py": models, "run.py": ""})["models"]
    assert [model["name"] for model in drawn] == ["app.Book", "library.Book"]
    assert [field["leads_to"] for field in drawn[0]["fields"]] == [None, "library.Book"]


def test_what_is_printed_without_end_is_cut(play):
    run = play("for n in range(3000):\n    print('x' * 30)")
    assert 20_000 <= len(run["printed"]) <= 41_000
