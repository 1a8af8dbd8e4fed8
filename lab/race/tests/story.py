def story(report):
    """All that a race did, but for durations and the server's own numbers in its messages."""
    return [
        (
            turn.session,
            turn.could,
            [(s.session, s.sql, s.began, s.ended, s.waited_for, s.rows, s.values, s.affected) for s in turn.steps],
            [(step.error or "").splitlines()[:1] for step in turn.steps],
            [(wait.session, wait.waits_for) for wait in turn.waits],
            [(finish.session, finish.end) for finish in turn.finishes],
            turn.rows,
        )
        for turn in report.turns
    ]
