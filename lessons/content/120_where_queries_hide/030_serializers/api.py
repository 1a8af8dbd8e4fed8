from rest_framework import serializers

from library.models import Author, Book


class AuthorSerializer(serializers.ModelSerializer):
    country = serializers.CharField(source="country.name")

    class Meta:
        model = Author
        fields = ["name", "country"]


class BookSerializer(serializers.ModelSerializer):
    author = AuthorSerializer()
    genres = serializers.SerializerMethodField()

    class Meta:
        model = Book
        fields = ["title", "author", "genres"]

    def get_genres(self, book):
        return sorted(genre.name for genre in book.genres.all())
