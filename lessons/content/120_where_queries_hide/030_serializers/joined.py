from api import BookSerializer
from rest_framework.generics import ListAPIView
from rest_framework.test import APIRequestFactory

from library.models import Book


class BookList(ListAPIView):
    serializer_class = BookSerializer
    queryset = Book.objects.order_by("pk").select_related("author")


def run():
    response = BookList.as_view()(APIRequestFactory().get("/api/books/"))
    return response.data
