"""What a curve says, in sentences made from its numbers."""

from lab.recording.report import Status
from lessons.pages.measured.axis import BOOKS
from lessons.words.figures import factor, ms


def describe(lines, latency, axis):
    """Return sentences about the Lines of a curve; latency is milliseconds for every query, as text."""
    return [*_queries(lines, axis), *_ends(lines, axis), *_time(lines, latency, axis)]


def _queries(lines, axis):
    """One sentence for each stretch of runs that variants finished: those of one stretch share it."""
    stretches: dict[tuple[int, int], list] = {}
    for line in lines:
        points = [row.point for row in line.rows if row.point.is_result]
        if points:
            stretches.setdefault((points[0].at, points[-1].at), []).append((line.variant.title, points))
    return [_stretch(first, last, told, axis) for (first, last), told in stretches.items()]


def _stretch(first, last, told, axis):
    if first == last:
        clauses = [f"{title} runs {_count(points[0].queries)}" for title, points in told]
        return f"At {axis.at(first)}, {'; '.join(clauses)}."
    clauses = [f"{title} {_change(points)}" for title, points in told]
    return f"From {axis.between(first, last)}, {'; '.join(clauses)}."


def _change(points):
    first, last = points[0].queries, points[-1].queries
    if {point.queries for point in points} == {first}:
        return f"stays at {_count(first)}"
    return f"goes from {first:,} to {_count(last)}"


def _count(queries):
    return f"{queries:,} {'query' if queries == 1 else 'queries'}"


def _ends(lines, axis):
    """What cut the runs of a variant short, told once: no run follows a stopped one, and errors repeat."""
    for line in lines:
        cut = [row.point for row in line.rows if row.point.is_cut]
        if cut:
            where = axis.everywhere if len(cut) == len(line.rows) else f"At {axis.at(cut[0].at)}"
            yield f"{where}, {line.variant.title} {_end(cut[0])}."


def _end(point):
    return f"was {point.error}" if point.status == Status.STOPPED else f"ends in {point.error.partition(':')[0]}"


def _time(lines, latency, axis):
    """The times at the last point that both finished; where queries need not grow, at the first one too."""
    both = [rows for rows in zip(*(line.rows for line in lines), strict=True) if _are_results(rows)]
    if not both:
        return
    titles = [line.variant.title for line in lines]
    for left, right in both[-1:] if axis is BOOKS or not both[1:] else (both[0], both[-1]):
        yield "At {}, {} takes {} ms, {} {} ms ({}).".format(
            axis.at(left.point.at), *_against(titles, left.point.wall_ns, right.point.wall_ns)
        )
    if latency != "0":
        yield "With a round trip of {} ms for every query {} would take {} ms, {} {} ms ({}): computed.".format(
            latency, *_against(titles, left.computed_ns, right.computed_ns)
        )


def _are_results(rows):
    return all(row.point.is_result for row in rows)


def _against(titles, left_ns, right_ns):
    return titles[0], ms(left_ns), titles[1], ms(right_ns), factor(left_ns / right_ns)
