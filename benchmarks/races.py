"""A race ÷ its sessions run one after the other on such a copy, and what it costs to prepare each copy anew."""

from benchmarks.figure import Figure, NotMeasured
from benchmarks.pairs import ratios
from lab.default import as_default
from lab.engines import all_engines
from lessons.course.catalog import get_catalog
from lessons.runs.code import load_functions
from lessons.runs.shelved import ShelvedLesson, race_shelf

LESSON = "transactions/wallet_transfer"


def figures():
    lesson = get_catalog().lesson(LESSON)
    variant = lesson.variant("optimized")
    schedule = variant.races[0].schedule
    sessions = load_functions(lesson, variant.path, lesson.sessions).values()
    for engine in all_engines():
        if reason := engine.off():
            yield NotMeasured(name=f"race, {engine.label}", why=reason)
            continue
        shelved = ShelvedLesson(lesson=lesson, shelf=race_shelf(engine.name))
        with shelved.race_template(variant) as template:

            def one_after_the_other(template=template):
                with template.again() as copy, copy.connect() as connection, as_default(connection):
                    for session in sessions:
                        session()

            def race(shelved=shelved, template=template):
                return shelved.race(variant, schedule, template=template)

            def race_anew(shelved=shelved):
                return shelved.race(variant, schedule)

            bare, found = ratios(one_after_the_other, {"race": race})
            prepared, anew = ratios(race, {"race": race_anew})
        yield Figure(
            name=f"race, {engine.label}",
            ours=bare * found["race"] * 1000,
            peer=bare * 1000,
            ratio=found["race"],
            versus="its sessions, one after the other",
            unit="ms",
            means="What it adds that two sessions take turns, a statement each, and that all they do is "
            "recorded. A session that waits for a lock is part of it.",
        )
        yield Figure(
            name=f"race prepared anew, {engine.label}",
            ours=prepared * anew["race"] * 1000,
            peer=prepared * 1000,
            ratio=anew["race"],
            versus="the race on a copy of a template",
            unit="ms",
            means="What a page of many races saves: the lesson’s setup runs once, and each race has a copy "
            "of that.",
        )
