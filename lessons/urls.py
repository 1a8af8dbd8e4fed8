from django.urls import path
from django.views.generic import RedirectView

from lessons.pages import views
from lessons.pages.overviews import views as overviews

urlpatterns = [
    path("", overviews.home, name="home"),
    path("status/", overviews.status, name="status"),
    path("healthz/", overviews.healthz, name="healthz"),
    path("differences/", overviews.differences, name="differences"),
    path("summary/", overviews.summary, name="summary"),
    path("names/", overviews.names, name="names"),
    path("symptoms/", overviews.symptoms, name="symptoms"),
    path("glossary/", overviews.glossary, name="glossary"),
    path("models/", overviews.models, name="models"),
    path("claims/", overviews.claims_index, name="claims_index"),
    path("symptoms/", overviews.symptoms, name="symptoms"),
    path("glossary/", overviews.glossary, name="glossary"),
    path("search/", overviews.search, name="search"),
    path("search/index.json", overviews.search_index, name="search_index"),
    path("lessons/", RedirectView.as_view(pattern_name="home")),
    path("lessons/<slug:track>/", overviews.track, name="track"),
    path("lessons/<slug:track>/<slug:slug>/", views.lesson, name="lesson"),
    path("lessons/<slug:track>/<slug:slug>/compare/", views.compare, name="compare"),
    path("lessons/<slug:track>/<slug:slug>/engines/", views.engines, name="engines"),
    path("lessons/<slug:track>/<slug:slug>/curve/", views.curve, name="curve"),
    path("lessons/<slug:track>/<slug:slug>/gain/", views.gain, name="gain"),
    path("lessons/<slug:track>/<slug:slug>/staircase/", views.staircase, name="staircase"),
    path("lessons/<slug:track>/<slug:slug>/spans/", views.spans, name="spans"),
    path("lessons/<slug:track>/<slug:slug>/matrix/", views.matrix, name="matrix"),
    path("lessons/<slug:track>/<slug:slug>/claims/", views.claims, name="claims"),
    path("lessons/<slug:track>/<slug:slug>/<slug:name>/plan/<int:n>/", views.plan, name="plan"),
    path("lessons/<slug:track>/<slug:slug>/<slug:name>/orders/", views.orders, name="orders"),
    path("lessons/<slug:track>/<slug:slug>/<slug:name>/", views.variant, name="variant"),
]
