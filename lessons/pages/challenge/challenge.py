"""What the end of a lesson's page shows of its challenge, before anything runs."""

from dataclasses import dataclass
from typing import Any

from lessons.challenge.measures import STEPS, names_of
from lessons.challenge.tasks import task_of
from lessons.course.catalog import get_catalog
from lessons.course.contract import SIZES, Environment, Lesson
from lessons.pages.addresses import Addresses
from lessons.pages.challenge.built import missing, runtime
from lessons.words.figures import figure
from lessons.words.listing import Listing, list_file

_HERE = Environment(engine="sqlite", django="6.1")  # where challenges run, whatever the server has
_FETCHED = {"rows": "rows", "cells": "columns"}  # by what the judge compares


@dataclass(frozen=True, kw_only=True)
class Challenge:
    lesson: Lesson
    task: str
    missing: tuple[str, ...]  # what would have to be built to solve it here

    @property
    def budget(self) -> str:
        return budget_of(self.lesson)

    @property
    def solution(self) -> Listing:
        path = self.lesson.variant("optimized").path
        return list_file(path, name=path.name)

    @property
    def runtime(self) -> dict[str, Any]:
        """What frontend/challenge.js reads."""
        return {
            "path": self.lesson.path,
            "challenge": Addresses(self.lesson).challenge(),
            **runtime("challenge_desk"),
        }


def challenge_of(lesson: Lesson) -> Challenge | None:
    if lesson.no_challenge:
        return None
    return Challenge(lesson=lesson, task=task_of(lesson), missing=tuple(missing()))


def next_after(lesson: Lesson) -> Lesson | None:
    """The next lesson of the course that has a challenge."""
    lessons = get_catalog().lessons
    later = lessons[lessons.index(lesson) + 1 :]
    return next((each for each in later if not each.no_challenge), None)


def budget_of(lesson: Lesson) -> str:
    """What the judge holds the reader's code to, in a sentence or two."""
    judged = names_of(lesson)
    if not judged:
        return "The judge looks at the rows alone."
    counts = lesson.variant("optimized").counts
    queries = {depends.value(_HERE) for size in SIZES if (depends := counts.get(size))}
    most = queries.pop() if len(queries) == 1 else None
    if most is None:
        told = "It may send as many queries as the solution."
    else:
        told = f"It may send {figure(most)} {'query' if most == 1 else 'queries'}, however many books there are."
    sentences = [told]
    if fetched := [words for name, words in _FETCHED.items() if name in judged]:
        sentences.append(f"It may fetch as many {' and '.join(fetched)} as the solution.")
    if STEPS in judged:
        sentences.append("The database may take about as many steps for it as for the solution.")
    return " ".join(sentences)
