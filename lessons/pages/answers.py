"""How a view of a lesson's page answers: with the page, the part of it that is swapped, or why there is none."""

from copy import copy
from functools import partial, wraps

from django.shortcuts import redirect, render
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from lab.apart.client import turn
from lab.engines import all_engines, get_engine
from lab.exceptions import EngineUnavailable, LabError, ShelfDamaged, ShelfMissing, ShelfStale
from lessons.course import prose
from lessons.course.catalog import get_catalog
from lessons.course.contract import LessonError
from lessons.pages.addresses import Addresses
from lessons.pages.asked import of_course, opening_engine
from lessons.pages.challenge.built import is_whole
from lessons.pages.challenge.challenge import challenge_of
from lessons.pages.differing import differences_of
from lessons.pages.errors.faults import NoSuchPage, address_of, read_address, whole_number
from lessons.pages.errors.sorry import take_ticket, unavailable
from lessons.pages.offered import refusal
from lessons.pages.operator.ran import told
from lessons.pages.play.offered import can_be_played
from lessons.pages.take_home import take_home_of

_LONGEST = 200  # characters of what an operator is told


def lesson_view(view):
    """A view of a lesson: view(request, lesson, **kwargs) reads the address, and returns what makes a LessonPage.

    Apart, so that an address with a mistake can be read anew without it, and nothing runs for that.
    """

    @wraps(view)
    @require_safe
    @vary_on_headers("HX-Request")
    def wrapped(request, track, slug, **kwargs):
        path = f"{track}/{slug}"
        if moved := get_catalog().moved(path):
            address = request.get_full_path().replace(f"/{path}/", f"/{moved.path}/", 1)
            return redirect(address, permanent=True)
        lesson = of_course("lesson", path)
        if reason := refusal(lesson, request.resolver_match.url_name):
            raise NoSuchPage(reason)
        ticket = take_ticket(request)
        try:
            make = read_address(request, partial(view, lesson=lesson, **kwargs))
            with turn(_what(request), heavy=_is_heavy(request), ticket=ticket):
                page = told(make, name=request.resolver_match.url_name)
            return _answer(request, page)
        except ShelfDamaged as error:  # SQLite's: the same page on SQLite is this one
            return unavailable(request, error)
        except (EngineUnavailable, ShelfMissing, ShelfStale) as error:
            return unavailable(request, error, elsewhere=_on_sqlite(request, lesson))
        except (LabError, LessonError) as error:
            return unavailable(request, error)

    return wrapped


def _what(request):
    """What is run, for an operator, and for how long it is expected to take: nothing that a reader has typed."""
    chosen = [request.GET[name] for name in ("engine", "books") if name in request.GET]
    return " ".join([request.path, *chosen])[:_LONGEST]


def _is_heavy(request):
    """Whether its page makes many runs. What readers share says so by itself, see lessons.measured.latest."""
    return request.resolver_match.url_name == "engines" or "measure" in request.GET


def _on_sqlite(request, lesson):
    """The address of the same page on SQLite, as near as there is; None where this is it, or there is none."""
    opens_on = opening_engine(lesson)
    if "sqlite" not in lesson.engines or request.GET.get("engine", opens_on) == "sqlite":
        return None
    asked, query = copy(request), request.GET.copy()
    for of_the_engine in ("engine", "isolation"):
        query.pop(of_the_engine, None)
    if opens_on != "sqlite":
        query["engine"] = "sqlite"
    if whole_number(query.get("books", "")) not in get_engine("sqlite").sizes():
        query.pop("books", None)
    asked.GET = query
    return address_of(asked)


def _answer(request, page):
    """Render the whole page, or for htmx the part that it swaps."""
    swaps = request.htmx and not request.htmx.history_restore_request
    lesson = page.lesson
    question, rest = prose.split(lesson)
    catalog = get_catalog()
    track, (before, after) = catalog.track(lesson.track), catalog.neighbours(lesson)
    context = {
        "page": page,
        "lesson": lesson,
        "catalog": catalog,
        "track": track,
        "position": track.lessons.index(lesson) + 1,
        "related": SimpleLazyObject(partial(catalog.related, lesson)),
        "question_prose": question,
        "rest_of_prose": rest,
        "differing": SimpleLazyObject(partial(differences_of, lesson)),
        "challenge": SimpleLazyObject(partial(challenge_of, lesson)),
        "can_be_solved": is_whole(),
        "can_be_played": can_be_played(lesson),
        "take_home": SimpleLazyObject(partial(take_home_of, lesson)),
        "engines": [engine.label for engine in all_engines()],  # as far as is known, and differences name them
        "claims_url": Addresses(lesson).claims(page.shelf),
        "previous": before,
        "next": after,
    }
    return render(request, "lessons/part.html" if swaps else "lessons/page.html", context)
