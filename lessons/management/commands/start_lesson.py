import re

from django.core.management.base import BaseCommand, CommandError

from lessons.course import catalog
from lessons.course.contract import slug_of

_PATH = re.compile(r"([a-z][a-z0-9_]*)/([a-z][a-z0-9_]*)")

_README = """\
Tell the situation: what the reader wrote, and what happens.

Let them predict.

## What you saw

Explain by what the log just showed.

## When not to

Say where the naive form is right.
"""
_TOML = """\
title = "{title}"
summary = "One sentence for the list of lessons."
rule = "One sentence to take home."
covers = []
teaches = []
docs = []
hints = []
ordered = true

[variants.naive.queries]
10 = 0
100 = 0
1000 = 0

[variants.optimized.queries]
10 = 0
100 = 0
1000 = 0
"""
_VARIANT = """\
from library.models import Book


def run():
    for book in Book.objects.order_by("pk"):
        yield (book.title,)
"""
_RACE_TOML = """\
title = "{title}"
summary = "One sentence for the list of lessons."
rule = "One sentence to take home."
covers = []
teaches = []
docs = []
hints = []
access = "write"
sessions = ["alice", "bob"]

[saves]
correctness = "Say what goes wrong in the naive form."

[variants.naive]
[[variants.naive.races]]
title = "The story in a few words"
schedule = "alice bob alice bob"
outcome.sqlite = {{ alice = "committed", bob = "committed", invariant = "broken" }}
outcome.postgresql = {{ alice = "committed", bob = "committed", invariant = "broken" }}
outcome.mysql = {{ alice = "committed", bob = "committed", invariant = "broken" }}

[variants.optimized]
[[variants.optimized.races]]
title = "The same story"
schedule = "alice bob alice bob"
outcome.sqlite = {{ alice = "committed", bob = "committed", invariant = "kept" }}
outcome.postgresql = {{ alice = "committed", bob = "committed", invariant = "kept" }}
outcome.mysql = {{ alice = "committed", bob = "committed", invariant = "kept" }}
"""
_SESSIONS = """\
from library.models import Book


def sell():
    book = Book.objects.get(pk=1)
    book.stock -= 1
    book.save()


def alice():
    sell()


def bob():
    sell()
"""
_RACE = '''\
from library.models import Book


def watch():
    return list(Book.objects.filter(pk=1).values("stock"))


def invariant():
    """What was sold is gone from the stock."""
    stock = Book.objects.get(pk=1).stock
    return stock == 3, f"Two of five were sold, and {stock} are left."
'''
_SETUP = """\
from library.models import Book


def setup():
    Book.objects.filter(pk=1).update(stock=5)
"""
_RUNS = {"lesson.toml": _TOML, "naive.py": _VARIANT, "optimized.py": _VARIANT}
_RACES = {
    "lesson.toml": _RACE_TOML,
    "naive.py": _SESSIONS,
    "optimized.py": _SESSIONS,
    "race.py": _RACE,
    "setup.py": _SETUP,
}


class Command(BaseCommand):
    help = "Make the folder of a new lesson, one step from complete."

    def add_arguments(self, parser):
        parser.add_argument("lesson", metavar="track/lesson")
        parser.add_argument("--race", action="store_true", help="one whose variants are sessions that race")

    def handle(self, *, lesson, race, **options):
        match = _PATH.fullmatch(lesson)
        if not match:
            raise CommandError(f"“{lesson}” is not a lesson's address. Write track/lesson, with a-z, 0-9 and _.")
        track = _numbered(catalog.CONTENT, match[1])
        folder = _numbered(track, match[2])
        if folder.exists():
            raise CommandError(f"{folder} is there already. Choose another name, or go on from what is in it.")
        folder.mkdir(parents=True)
        if not (track / "track.toml").exists():
            _write(track / "track.toml", f'title = "{_title(match[1])}"\nsummary = "What the track is about."\n')
        _write(folder / "README.md", _README)
        for name, text in (_RACES if race else _RUNS).items():
            _write(folder / name, text.format(title=_title(match[2])) if name == "lesson.toml" else text)
        self.stdout.write(
            f"{folder}\nWrite the two variants and the prose, then let `manage.py check_lessons {lesson}`"
            " tell what is left to do."
        )


def _numbered(parent, slug):
    """The folder of this slug in `parent`, or the one it would have, numbered ten after the last."""
    parent_folders = sorted(path for path in parent.glob("[0-9][0-9][0-9]_*") if path.is_dir())
    for folder in parent_folders:
        if slug_of(folder) == slug:
            return folder
    last = int(parent_folders[-1].name[:3]) if parent_folders else 0
    return parent / f"{last // 10 * 10 + 10:03}_{slug}"


def _title(slug):
    return slug.replace("_", " ").capitalize()


def _write(path, text):
    path.write_text(text, encoding="utf-8")
