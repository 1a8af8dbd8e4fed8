from django.apps import apps
from django.contrib.contenttypes.models import ContentType

from lab.shelves import WRITE, fingerprint


def test_shelves_have_the_content_types_of_the_bookstore_with_the_same_keys(engine_shelves):
    models = list(apps.get_app_config("library").get_models())
    for books in (10, 100):
        with engine_shelves[books].open():
            rows = list(ContentType.objects.order_by("pk").values_list("pk", "app_label", "model"))
        assert rows == [(n, "library", model._meta.model_name) for n, model in enumerate(models, start=1)]


def test_lesson_may_add_a_content_type(engine_shelves):
    with engine_shelves[10].open(WRITE):
        last = ContentType.objects.order_by("pk").last().pk
        assert ContentType.objects.create(app_label="library", model="draft").pk > last


def test_content_types_make_older_shelves_stale(monkeypatch):
    before = fingerprint()
    monkeypatch.setattr("lab.edition.MIGRATED", ("library",))
    assert fingerprint.__wrapped__() != before
