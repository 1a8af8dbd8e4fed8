"""What an export is made of: the site's own pages, and those that it has of its own."""

from django.urls import include, path

from lessons.export import views

handler404 = "lessons.pages.errors.views.not_found"
handler500 = "lessons.pages.errors.crash.server_error"
urlpatterns = [
    path("run-it-yourself/", views.yourself, name="yourself"),
    path("404.html", views.missing, name="missing"),
    path("", include("lessons.urls")),
]
