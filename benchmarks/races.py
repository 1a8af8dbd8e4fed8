"""A race ÷ its sessions run one after the other on such a copy, and what it costs to prepare each copy anew."""

from benchmarks.pairs import ratios, say
from lab.engines import all_engines
from lab.shelves import as_default
from lessons.course.catalog import get_catalog
from lessons.runs.code import load_functions
from lessons.runs.shelved import ShelvedLesson, race_shelf

LESSON = "transactions/wallet_transfer"


def main():
    lesson = get_catalog().lesson(LESSON)
    variant = lesson.variant("optimized")
    schedule = variant.races[0].schedule
    sessions = load_functions(lesson, variant.path, lesson.sessions).values()
    for engine in all_engines():
        if reason := engine.off():
            print(f"{engine.label}: {reason}")
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

            _, found = ratios(one_after_the_other, {"race": race})
            _, alone = ratios(race, {"prepared anew": race_anew})
        say(f"race ÷ its sessions one after the other, {engine.label}", f"{found['race']:.2f}")
        say(f"race on a copy prepared anew ÷ of a template, {engine.label}", f"{alone['prepared anew']:.2f}")
