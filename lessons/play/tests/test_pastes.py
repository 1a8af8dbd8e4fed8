"""What people paste from their own project, made up after public questions: it runs, or is told what to change."""

from lessons.play.stand_ins import stand_in_for

CUSTOMERS = """
from django.db import models
from django.conf import settings
from phonenumber_field.modelfields import PhoneNumberField
from model_utils.models import TimeStampedModel
from simple_history.models import HistoricalRecords


class Customer(TimeStampedModel):
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="customer")
    phone = PhoneNumberField(blank=True, region="DE")
    history = HistoricalRecords()


class Order(TimeStampedModel):
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT)
    placed_at = models.DateTimeField(null=True)


def setup():
    from django.contrib.auth.models import User

    for name in ("ann", "bob", "eve"):
        customer = Customer.objects.create(user=User.objects.create(username=name))
        Order.objects.create(customer=customer)
"""


def test_1_orders_of_a_view_with_packages_and_users(ask):
    files = {
        "models.py": CUSTOMERS,
        "run.py": "from orders.models import Order\n[str(o.customer.user.username) for o in Order.objects.all()]",
    }
    answer = ask("play", files, ways=["run.py"])
    assert answer["runs"][0]["error"] is None
    assert answer["runs"][0]["queries"] == 7
    notes = " ".join(answer["notes"])
    assert "`PhoneNumberField` is a `CharField` here" in notes
    assert "`TimeStampedModel` brings `created` and `modified`" in notes
    assert "`HistoricalRecords` does nothing here" in notes


def test_2_queryset_of_a_view_that_asks_the_request(trouble):
    text, advice, place = trouble(
        "from library.models import Sale\nSale.objects.filter(customer=request.user.customer)"
    )
    assert text == "NameError: name 'request' is not defined"
    assert advice.startswith("There is no request here.")
    assert place == ("run.py", 2)


def test_3_queryset_without_its_imports(trouble):
    assert trouble("Book.objects.all()")[1] == "Write this above: from library.models import Book"
    code = "from library.models import Book\nBook.objects.filter(Q(pk=1) | Q(pk=2))"
    assert trouble(code)[1] == "Write this above: from django.db.models import Q"
    code = "from library.models import Author\nAuthor.objects.annotate(name_length=Length('name'))"
    assert trouble(code)[1] == "Write this above: from django.db.models.functions import Length"
    assert (
        trouble({"models.py": CUSTOMERS, "run.py": "Order.objects.all()"})[1]
        == "Write this above: from models import Order"
    )


def test_4_relation_to_a_model_that_was_not_pasted(trouble):
    models = "from django.db import models\n\n\nclass Post(models.Model):\n    blog = models.ForeignKey('blogs.Blog', models.CASCADE)\n"
    text, _, _ = trouble({"models.py": models, "run.py": "1"})
    assert text.startswith(
        "Post.blog names the model blogs.Blog, which is not there. Write a class Blog into models.py"
    )


def test_5_import_of_a_package_that_is_not_there(trouble):
    text, advice, place = trouble("import pandas\npandas.DataFrame()")
    assert text == "ModuleNotFoundError: No module named 'pandas'"
    assert "pandas is not in your browser" in advice
    assert place == ("run.py", 1)


def test_6_factories(trouble):
    _, advice, _ = trouble({"models.py": "import factory_boy_is_not_it\n", "run.py": "1"})
    assert "Take the import out" in advice


def test_7_models_and_query_in_one_file(trouble):
    code = (
        "from django.db import models\n\n\nclass Tag(models.Model):\n    name = models.CharField(max_length=9)\n\n\n"
        "Tag.objects.create(name='x')"
    )
    text, advice, _ = trouble(code)
    assert "no such table: app_tag" in text
    assert advice == "There is no table app_tag. Tables are made of the models in models.py, and of no others."


def test_8_fields_of_postgresql_and_their_index():
    models = (
        "from django.db import models\nfrom django.contrib.postgres.fields import ArrayField\n"
        "from django.contrib.postgres.indexes import GinIndex\n\n\nclass Post(models.Model):\n"
        "    tags = ArrayField(models.CharField(max_length=9), default=list, size=4)\n\n"
        "    class Meta:\n        indexes = [GinIndex(fields=['tags'], name='by_tag', fastupdate=False)]\n"
    )
    fields, indexes = (stand_in_for(f"django.contrib.postgres.{name}") for name in ("fields", "indexes"))
    assert fields.module.ArrayField(None, default=list, size=4).get_internal_type() == "JSONField"
    assert indexes.module.GinIndex(fields=["tags"], name="by_tag", fastupdate=False).fields == ["tags"]
    assert fields.told({"models.py": models}) == [
        "`ArrayField` is a `JSONField` here: PostgreSQL alone has such a column."
    ]


def test_9_syntax_that_was_cut_off(trouble):
    text, _, place = trouble("from library.models import Book\nBook.objects.filter(\n    pk=1")
    assert text == "This is not valid Python: '(' was never closed."
    assert place == ("run.py", 2)
    text, _, place = trouble({"models.py": "class Post(models.Model)\n    pass\n", "run.py": "1"})
    assert text.startswith("This is not valid Python:")
    assert place == ("models.py", 1)


def test_10_setup_that_fails(trouble):
    models = CUSTOMERS + "    Order.objects.create(customer=None)\n"
    text, _, place = trouble({"models.py": models, "run.py": "1"})
    assert text == "IntegrityError: NOT NULL constraint failed: app_order.customer_id"
    assert place[0] == "models.py"


def test_11_name_that_a_file_does_not_have(trouble):
    text, advice, _ = trouble({"models.py": CUSTOMERS, "run.py": "from models import Invoice\n"})
    assert "cannot import name 'Invoice'" in text
    assert advice.startswith("models.py has Customer, Order, setup.")


def test_12_template_that_was_not_pasted(trouble):
    code = "from django.template.loader import render_to_string\nrender_to_string('orders/list.html', {})"
    assert trouble(code)[1] == "Add the template as a file: templates/orders/list.html"


def test_13_files_that_import_one_another(trouble):
    files = {"a.py": "import b\n", "b.py": "import a\n", "run.py": "import a"}
    text, _, _ = trouble(files)
    assert "No module named" in text or "circle" in text


def test_14_tree_of_categories(ask):
    models = (
        "from django.db import models\nfrom mptt.models import MPTTModel, TreeForeignKey\n\n\nclass Category(MPTTModel):\n"
        "    name = models.CharField(max_length=9)\n"
        "    parent = TreeForeignKey('self', on_delete=models.CASCADE, null=True, related_name='children')\n\n"
        "    class MPTTMeta:\n        order_insertion_by = ['name']\n\n\n"
        "def setup():\n    root = Category.objects.create(name='a')\n    Category.objects.create(name='b', parent=root)\n"
    )
    code = "from shop.models import Category\n[c.children.count() for c in Category.objects.order_by('pk')]"
    answer = ask("play", {"models.py": models, "run.py": code}, ways=["run.py"])
    assert answer["runs"][0]["preview"] == [["1"], ["0"]]
