import textwrap

import pytest

from lab.recording.places import StackPlaces
from lab.running import loading, runner


class Snippet:
    """Lesson code in a folder of its own."""

    def __init__(self, folder, shelf):
        self.folder, self.shelf = folder, shelf
        self.source = ""

    def load(self, source, name="naive.py"):
        self.source = textwrap.dedent(source).lstrip("\n")
        return loading.load(self.source, str(self.folder / name))

    def record(self, source, **options):
        """Load `source` and record its run()."""
        run = self.load(source)["run"]
        return runner.record(run, shelf=self.shelf, places=StackPlaces(self.folder), **options)

    def text(self, place):
        """What a place of one line underlines."""
        assert place.line == place.end_line
        return self.source.splitlines()[place.line - 1][place.column : place.end_column]

    def marks(self, report):
        """[(underlined text, cause, count)] of a report."""
        return [(self.text(group.place), group.cause, group.count) for group in report.groups]


@pytest.fixture
def snippet(shelf, tmp_path):
    return Snippet(tmp_path, shelf)
