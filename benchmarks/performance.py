"""Run by `make performance`: docs/performance.md, from docs/performance.json and what was measured since."""

from pathlib import Path

from django.template import Context, Engine

from benchmarks.table import RESULTS, read, rows, write_json

TEMPLATE = Path(__file__).with_name("performance.md")
KEPT = Path(__file__).parent.parent / "docs" / "performance.json"
GROUPS = {
    "recorder": "What it adds to a run of 1,001 queries on SQLite that somebody watches.",
    "page": "The page of a variant with 1,001 queries, as Django’s test client gets it.",
    "overview pages": "Pages about the whole course. No lesson runs for them.",
    "seeding": "Making a shelf, as `manage.py seed_library` does.",
    "races": "Two sessions against each other.",
    "load": "The site as the Dockerfile serves it, with a data folder of its own, and clients (Locust) on "
    "the same machine. They ask by HTTP, on 127.0.0.1.",
    "browser": "Lesson pages in Chromium, and Python in it, as challenges have it.",
    "start": "A newcomer’s clone.",
}


def main(results=RESULTS, kept=KEPT):
    write_json(kept, {**read(kept), **read(results)})
    kept.with_suffix(".md").write_text(page(read(kept)))


def page(groups):
    """The text of the document about {name: Group}."""
    told = [_told(groups[name], about) for name, about in GROUPS.items() if name in groups]
    return Engine().from_string(TEMPLATE.read_text()).render(Context({"groups": told})).rstrip() + "\n"


def _told(group, about):
    meanings = {}
    for figure in group.figures:
        meanings.setdefault(figure.means, []).append(figure.name)
    return {
        "title": group.name.capitalize(),
        "about": about,
        "rows": rows(group),
        "meanings": [(means, _named(names)) for means, names in meanings.items()],
    }


def _named(names):
    """Each by its name; many of a kind, such as one for each page, by what their names begin with."""
    return "; ".join(names) if len(names) < 3 else f"{names[0].partition(',')[0]}, each"


if __name__ == "__main__":
    main()
