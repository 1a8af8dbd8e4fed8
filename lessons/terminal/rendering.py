from rich.console import Console
from rich.table import Column


class Places:
    """Places such as templates/book.html:3, for a column that takes a third of the terminal at the most.

    What does not fit loses its beginning, and never its file's name and line.
    """

    def __init__(self, places):
        texts = {place: f"{place.file}:{place.line}" if place else "" for place in places}
        ends = [text.rpartition("/")[2] for text in texts.values()]
        self._room = max([Console().width // 3, *(len(end) + 1 for end in ends)])
        self._texts = texts

    @property
    def column(self):
        return Column("where", no_wrap=True)

    def text(self, place):
        text = self._texts[place]
        return text if len(text) <= self._room else f"…{text[1 - self._room :]}"


def rendered(*things):
    """Text of what rich can print, in colour where the terminal has it: for a command's own stdout."""
    console = Console()
    with console.capture() as capture:
        for thing in things:
            console.print(thing)
    return capture.get()
