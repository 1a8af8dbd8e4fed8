"""One race as one plain object, for `run_lesson --json`. Later versions add keys and rename none."""

from dataclasses import asdict

from lessons.terminal.export import head, place_as_dict


def race_as_dict(shelved, variant, isolation, report):
    """Return the race as JSON can hold it. isolation: the level that it ran at"""
    return {
        **head(shelved, variant),
        "isolation": isolation,
        "status": report.status,
        "error": report.error,
        "schedule": report.schedule,
        "rows": _plain(report.rows),
        "turns": [_turn(turn) for turn in report.turns],
        "finishes": [_plain(asdict(finish)) for finish in report.finishes],
        "kept": report.kept,
        "words": report.words,
        "outcome": report.outcome,
    }


def _turn(turn):
    return {
        "number": turn.number,
        "session": turn.session,
        "could": turn.could,
        "steps": [_step(step) for step in turn.steps],
        "waits": [
            {"session": wait.session, "waits_for": wait.waits_for, "sql": wait.sql, **place_as_dict(wait.place)}
            for wait in turn.waits
        ],
        "finishes": [finish.session for finish in turn.finishes],
        "rows": _plain(turn.rows),
        "unseen": turn.unseen,
    }


def _step(step):
    told = {key: value for key, value in vars(step).items() if key != "place"}
    return {**_plain(told), **place_as_dict(step.place)}


def _plain(value):
    """The value as JSON can hold it: text for what it has no type for."""
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return value if value is None or isinstance(value, (bool, int, float, str)) else str(value)
