from api import BookSerializer
from rest_framework.generics import ListAPIView
from rest_framework.test import APIRequestFactory

from library.models import Book


class OrderedBookSerializer(BookSerializer):
    def get_genres(self, book):
        return [genre.name for genre in book.genres.order_by("name")]


class BookList(ListAPIView):
    serializer_class = OrderedBookSerializer
    queryset = Book.objects.order_by("pk").select_related("author__country").prefetch_related("genres")


def run():
    response = BookList.as_view()(APIRequestFactory().get("/api/books/"))
    return response.data
