"""A challenge as a file, for the reader's browser."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from lessons.challenge.offering import make_challenge
from lessons.pages.addresses import Addresses
from lessons.pages.asked import of_course
from lessons.pages.challenge.challenge import budget_of, next_after
from lessons.pages.errors.faults import NoSuchPage
from lessons.pages.kept import kept


@kept
def challenge(request: HttpRequest, track: str, slug: str) -> HttpResponse:
    """Raises NoSuchPage."""
    lesson = of_course("lesson", f"{track}/{slug}")
    if lesson.no_challenge:
        raise NoSuchPage(f"“{lesson.title}” has no challenge. {lesson.no_challenge}")
    following = next_after(lesson)
    return JsonResponse(
        {
            **make_challenge(lesson),
            "title": lesson.title,
            "url": Addresses(lesson).question(),
            "budget": budget_of(lesson),
            "next": following and {"title": following.title, "challenge": Addresses(following).challenge()},
        }
    )
