from django.contrib.postgres.search import SearchQuery, SearchVector

from library.models import Book


def run():
    books = Book.objects.annotate(words=SearchVector("description", config="english"))
    found = books.filter(words=SearchQuery("sea", config="english", search_type="websearch"))
    yield from found.order_by("pk").values_list("pk", "title")
