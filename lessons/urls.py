from django.urls import path
from django.views.generic import RedirectView

from lessons.pages import take_home, views
from lessons.pages.challenge import views as challenge
from lessons.pages.operator import views as operator
from lessons.pages.overviews import views as overviews
from lessons.pages.play import views as play
from lessons.pages.reader import offline
from lessons.pages.reader import views as reader

urlpatterns = [
    path("", overviews.home, name="home"),
    path("status/", overviews.status, name="status"),
    *(path(f"healthz{slash}", operator.healthz, name="healthz") for slash in ("", "/")),
    *(path(f"readyz{slash}", operator.readyz, name="readyz") for slash in ("", "/")),
    path("differences/", overviews.differences, name="differences"),
    path("summary/", overviews.summary, name="summary"),
    path("names/", overviews.names, name="names"),
    path("symptoms/", overviews.symptoms, name="symptoms"),
    path("glossary/", overviews.glossary, name="glossary"),
    path("plans/", overviews.plan_steps, name="plan_steps"),
    path("models/", overviews.models, name="models"),
    path("claims/", overviews.claims_index, name="claims_index"),
    path("search/", overviews.search, name="search"),
    path("robots.txt", overviews.robots, name="robots"),
    path("search/index.json", overviews.search_index, name="search_index"),
    path("play/", play.play, name="play"),
    path("play/embed/", play.embed, name="play_embed"),
    path("progress/", reader.progress, name="progress"),
    path("offline/", offline.offline, name="offline"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("service_worker.js", offline.service_worker, name="service_worker"),
    path("set/", reader.lesson_set, name="set"),
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
    path("lessons/<slug:track>/<slug:slug>/test.py", take_home.test_file, name="test_file"),
    path("lessons/<slug:track>/<slug:slug>/challenge.json", challenge.challenge, name="challenge"),
    path("lessons/<slug:track>/<slug:slug>/play.json", play.lesson_files, name="play_lesson"),
    path("lessons/<slug:track>/<slug:slug>/claims/", views.claims, name="claims"),
    path("lessons/<slug:track>/<slug:slug>/<slug:name>/plan/<int:n>/", views.plan, name="plan"),
    path("lessons/<slug:track>/<slug:slug>/<slug:name>/orders/", views.orders, name="orders"),
    path("lessons/<slug:track>/<slug:slug>/<slug:name>/", views.variant, name="variant"),
]
