import sys

from back_office import open_list
from django.contrib import admin
from django.core.paginator import Paginator


class Uncounted(Paginator):
    count = sys.maxsize


class BookAdmin(admin.ModelAdmin):
    list_display = ["title", "author_name", "author_country"]
    list_select_related = ["author__country"]
    paginator = Uncounted
    show_full_result_count = False

    @admin.display(description="author", ordering="author__name")
    def author_name(self, book):
        return book.author.name

    @admin.display(description="country")
    def author_country(self, book):
        return book.author.country.name


def run():
    return open_list(BookAdmin)
