"""The content types of the bookstore, which generic relations of lessons refer to."""

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db.backends.base.base import BaseDatabaseWrapper


def write_content_types(connection: BaseDatabaseWrapper) -> None:
    """Give connections["default"], which `connection` is, a row for each model of the bookstore.

    The keys are the same on every engine: from 1, in the order of the models' definition.
    """
    models = apps.get_app_config("library").get_models()
    ContentType.objects.bulk_create(
        ContentType(pk=number, app_label=model._meta.app_label, model=model._meta.model_name)
        for number, model in enumerate(models, start=1)
    )
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [ContentType]):
            cursor.execute(statement)
