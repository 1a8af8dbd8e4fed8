"""What OpenTelemetry tells of one request; lessons.measured.tracing makes it."""

from dataclasses import dataclass

REQUESTS = 3  # after a first; the quickest is told of


@dataclass(frozen=True, kw_only=True)
class Span:
    """A named stretch of time. Times in nanoseconds."""

    name: str  # as the instrumentation gives it: "GET naive/", "SELECT"
    start_ns: int  # since its request began
    duration_ns: int
    statement: str | None = None  # without its parameters' values, which the instrumentations leave out
    failed: bool = False

    @property
    def end_ns(self):
        return self.start_ns + self.duration_ns


@dataclass(frozen=True, kw_only=True)
class Trace:
    """The span of one request, and those of the database's statements within it."""

    status: int  # of the response, in HTTP's numbers
    request: Span
    statements: tuple[Span, ...]  # in order of their start


def read_trace(plain):
    """Return the Trace that asdict() made plain."""
    return Trace(
        status=plain["status"],
        request=Span(**plain["request"]),
        statements=tuple(Span(**span) for span in plain["statements"]),
    )
