"""What happens while the site serves, told once: to the log, to a tally of this process, and to who listens.

Nothing of a reader is in it: no address, no browser, no guess.
"""

import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from django.dispatch import Signal
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

LOG = logging.getLogger("queryshelf")
happened = Signal()  # sent with the event's name as the sender, and `facts`

since = timezone.now()
tally: Counter[str] = Counter()  # events of this process by their name; "making": pages of lessons under way
_counting = Lock()


def tell(
    event: str, level: int = logging.INFO, *, trace: BaseException | None = None, **facts: str | float | None
) -> None:
    """trace: an error of which the log has all. config.insight.logs makes a line of it

    docs/operating.md says what each event means.
    """
    count(event)
    said = {name: fact for name, fact in facts.items() if fact not in (None, "")}
    LOG.log(level, {"event": event, **said}, exc_info=trace)
    happened.send(event, facts=said)


def refused(
    request: HttpRequest, response: HttpResponse, error: Exception, *, why: str, level: int = logging.WARNING
) -> None:
    """Tell that this is the answer, with its Retry-After, since there was this error."""
    tell(
        "refused",
        level,
        trace=error if level >= logging.ERROR else None,
        **place_of(request),
        error=type(error).__name__,
        why=why,
        retry_after=response.get("Retry-After"),
    )
    response._has_been_logged = True  # type: ignore[attr-defined]  # else Django does it again, as an error


def place_of(request: HttpRequest) -> dict[str, str]:
    """Which page it asks for, by the name of its view, and of which lesson; nothing of its query."""
    if (match := request.resolver_match) is None:
        return {}
    lesson = "/".join(match.kwargs[name] for name in ("track", "slug") if name in match.kwargs)
    return {"page": match.url_name or "", "lesson": lesson, "variant": match.kwargs.get("name", "")}


@contextmanager
def making() -> Iterator[None]:
    """A page of a lesson is being made until the block ends: it runs, or it waits to."""
    count("making")
    try:
        yield
    finally:
        count("making", -1)


def count(event: str, by: int = 1) -> None:
    """For what something else logs."""
    with _counting:
        tally[event] += by
