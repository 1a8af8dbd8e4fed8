from django.conf import settings
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("lessons.urls")),
    path("admin/", admin.site.urls),
]
if settings.DEBUG_TOOLBAR:
    from debug_toolbar.toolbar import debug_toolbar_urls

    urlpatterns += debug_toolbar_urls()
if settings.QUERYSHELF_SILK:
    from config import silk

    urlpatterns.append(path("silk/", silk.urls()))
