"""The pages nearest to an address at which there is none."""

from dataclasses import dataclass
from difflib import get_close_matches

from django.urls import reverse

from lessons.course.catalog import Catalog
from lessons.course.contract import Lesson
from lessons.pages.addresses import Addresses
from lessons.pages.offered import offered_pages
from lessons.search.index import get_index
from lessons.search.terms import find_words

# Pages about the whole course, by the name of their view.
COURSE = {
    "claims_index": "What is said of the ORM",
    "differences": "Where engines and versions differ",
    "glossary": "Glossary",
    "models": "Models",
    "names": "Names of the ORM",
    "plan_steps": "Steps of a plan",
    "play": "Free play",
    "progress": "My progress",
    "search": "Search",
    "set": "Sets for a class",
    "status": "What this site runs on",
    "summary": "The course on one page",
    "symptoms": "Symptoms",
}
_NAMES_OF_PATHS = {"lessons", "index", "html", "htm", "php"}  # that no lesson is about
_LONGEST = 120  # characters of a path that are looked at
_MOST = 6  # pages
_MOST_ALIKE = 4  # of them, by their spelling
_ALIKE = 0.65  # as difflib has it


@dataclass(frozen=True, kw_only=True)
class NearPage:
    title: str
    url: str
    says: str = ""


def words_of(path: str) -> str:
    """What a reader would search for who followed the path."""
    words = [word for part in find_words(path[:_LONGEST]) for word in part.split("_")]
    return " ".join(word for word in words if word not in _NAMES_OF_PATHS and not word.isdigit())


def nearest_pages(catalog: Catalog, path: str) -> list[NearPage]:
    """By the spelling of tracks, lessons and pages, and then by what the words of the path find."""
    asked = path[:_LONGEST].strip("/").removeprefix("lessons/").lower()
    pages = _pages(catalog)
    # The path of a lesson's page has that of the lesson, and the name of its page.
    looked_up = dict.fromkeys([asked, "/".join(asked.split("/")[:2]), *asked.split("/")])
    alike = [key for text in looked_up for key in get_close_matches(text, pages, _MOST_ALIKE, _ALIKE)]
    near = {pages[key].url: pages[key] for key in alike}
    found = [
        NearPage(title=each.title, url=each.url, says=each.says)
        for each in get_index(catalog).engine.search(words_of(path)).documents
    ]
    spelt = list(near.values())[:_MOST_ALIKE]
    return list({each.url: each for each in (*spelt, *found)}.values())[:_MOST]


def pages_of(lesson: Lesson) -> list[NearPage]:
    """Every page of a lesson: its question, its variants, and those about all of them."""
    addresses = Addresses(lesson)
    return [
        NearPage(title="The question", url=addresses.question()),
        *(NearPage(title=each.title, url=addresses.variant(each)) for each in lesson.variants),
        *(NearPage(title=label, url=addresses.page(name)) for name, label in offered_pages(lesson).items()),
        NearPage(title="Claims", url=addresses.claims()),
    ]


def lesson_at(catalog: Catalog, path: str) -> Lesson | None:
    """The lesson whose address the path begins with."""
    parts = path.strip("/").split("/")
    return next((each for each in catalog.lessons if ["lessons", each.track, each.slug] == parts[:3]), None)


def _pages(catalog: Catalog) -> dict[str, NearPage]:
    """{what an address has of it: a page}"""
    course = {reverse(name).strip("/"): NearPage(title=title, url=reverse(name)) for name, title in COURSE.items()}
    tracks = {
        each.slug: NearPage(title=each.title, url=reverse("track", args=[each.slug]), says=each.summary)
        for each in catalog.tracks
    }
    lessons = {
        each: NearPage(title=lesson.title, url=Addresses(lesson).question(), says=lesson.summary)
        for lesson in catalog.lessons
        for each in (lesson.path, lesson.slug)
    }
    return {**course, **lessons, **tracks}
