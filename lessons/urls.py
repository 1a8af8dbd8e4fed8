from django.urls import path
from django.views.generic import RedirectView

from lessons import views

urlpatterns = [
    path("", views.home, name="home"),
    path("status/", views.status, name="status"),
    path("differences/", views.differences, name="differences"),
    path("summary/", views.summary, name="summary"),
    path("names/", views.names, name="names"),
    path("claims/", views.claims_index, name="claims_index"),
    path("lessons/", RedirectView.as_view(pattern_name="home")),
    path("lessons/<slug:track>/", views.track, name="track"),
    path("lessons/<slug:track>/<slug:slug>/", views.lesson, name="lesson"),
    path("lessons/<slug:track>/<slug:slug>/compare/", views.compare, name="compare"),
    path("lessons/<slug:track>/<slug:slug>/engines/", views.engines, name="engines"),
    path("lessons/<slug:track>/<slug:slug>/curve/", views.curve, name="curve"),
    path("lessons/<slug:track>/<slug:slug>/staircase/", views.staircase, name="staircase"),
    path("lessons/<slug:track>/<slug:slug>/spans/", views.spans, name="spans"),
    path("lessons/<slug:track>/<slug:slug>/claims/", views.claims, name="claims"),
    path("lessons/<slug:track>/<slug:slug>/<slug:name>/plan/<int:n>/", views.plan, name="plan"),
    path("lessons/<slug:track>/<slug:slug>/<slug:name>/", views.variant, name="variant"),
]
