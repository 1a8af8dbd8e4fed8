from back_office import open_list
from django.contrib import admin


class BookAdmin(admin.ModelAdmin):
    list_display = ["title", "author__name", "author__country__name"]


def run():
    return open_list(BookAdmin)
