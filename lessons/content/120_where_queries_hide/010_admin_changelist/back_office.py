import re

from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth.models import User
from django.test import RequestFactory, override_settings
from django.urls import path
from django.utils.html import strip_tags

from library.models import Author, Book

STAFF = User(username="office", is_active=True, is_staff=True, is_superuser=True)
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
CELL = re.compile(r'<t[dh] class="field-[^>]*>(.*?)</t[dh]>')


class AuthorAdmin(ModelAdmin):
    search_fields = ["name"]


def open_list(book_admin):
    """The rows of the page `/admin/library/book/`: the texts of their cells."""
    page = open_page(book_admin, "changelist_view")
    _, _, body = page.partition("<tbody>")
    return [[strip_tags(cell) for cell in CELL.findall(row)] for row in body.split("<tr>")[1:]]


def open_page(book_admin, view, *args):
    """The text of a page of the admin, as it is sent to a browser."""
    office = AdminSite()
    office.register(Author, AuthorAdmin)
    office.register(Book, book_admin)
    request = RequestFactory().get("/admin/library/book/")
    request.user = STAFF
    with override_settings(ROOT_URLCONF=(path("admin/", office.urls),), STORAGES=STORAGES):
        response = getattr(office.get_model_admin(Book), view)(request, *args)
        return response.render().text
