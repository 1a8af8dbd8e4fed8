"""What tests of commands share."""

import re

from django.core.management import call_command


def output(capsys, *args, **options):
    call_command(*args, **options)
    return capsys.readouterr().out


def table(out):
    """[[cell]] of the rows of a printed table."""
    return [[cell.strip() for cell in line.split("│")[1:-1]] for line in out.splitlines() if line.startswith("│")]


def own_words(folder):
    """Write what the scaffold asks for."""
    (folder / "README.md").write_text("What happens?\n\n## What you saw\n\nThis.\n")
    toml = folder / "lesson.toml"
    toml.write_text(re.sub(r'(?m)^(\w+ = )".*\."$', r'\1"A query in my words."', toml.read_text()))
