from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from library.models import Book, Genre


def run():
    genres = Genre.objects.filter(books=OuterRef("pk")).order_by("name")
    rows = ArraySubquery(genres.values(row=JSONObject(id="pk", name="name")))
    for title, found in Book.objects.annotate(found=rows).order_by("pk").values_list("title", "found"):
        yield title, [genre["name"] for genre in found]
