"""The site's addresses and the admin's, as with ADMIN set."""

from django.contrib import admin
from django.urls import path

from config.urls import handler400, handler403, handler404, handler500, urlpatterns  # noqa: F401 - of this urlconf too

urlpatterns = [*urlpatterns, path("admin/", admin.site.urls)]
