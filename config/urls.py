from django.conf import settings
from django.contrib import admin
from django.urls import include, path

handler400 = "lessons.pages.errors.views.bad_request"
handler403 = "lessons.pages.errors.views.forbidden"
handler404 = "lessons.pages.errors.views.not_found"
handler500 = "lessons.pages.errors.crash.server_error"
urlpatterns = [path("", include("lessons.urls"))]
if settings.ADMIN:
    urlpatterns.append(path("admin/", admin.site.urls))
if settings.DEBUG_TOOLBAR:
    from debug_toolbar.toolbar import debug_toolbar_urls

    urlpatterns += debug_toolbar_urls()
if settings.METRICS:
    from config.insight import metrics

    urlpatterns.append(path("metrics", metrics.view, name="metrics"))
if settings.QUERYSHELF_SILK:
    from config import silk

    urlpatterns.append(path("silk/", silk.urls()))
