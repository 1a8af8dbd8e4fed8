from back_office import open_list
from django.contrib import admin


class BookAdmin(admin.ModelAdmin):
    list_display = ["title", "author", "author_country"]

    @admin.display(description="country")
    def author_country(self, book):
        return book.author.country.name


def run():
    return open_list(BookAdmin)
