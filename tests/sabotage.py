"""What must not go unnoticed: slips in the lab and in the lessons, each of which a test of the fast suite catches.

`python -m tests.sabotage [part of a name …]` makes them, one by one, in scratch clones of the committed state.
"""

import sys

from tests.saboteur import Sabotage, main

RECORDING = [
    Sabotage(
        name="statements of executemany() are not seen",
        path="lab/recording/recorder.py",
        old="        statement = cursor.statement = self.note(",
        new="        if many:\n            return execute(sql, params, many, context)\n"
        "        statement = cursor.statement = self.note(",
        tests="lab/recording/tests/test_recorder.py::test_recorder_executemany_is_one_statement",
    ),
    Sabotage(
        name="a wrapper stays on the connection",
        path="lab/recording/recorder.py",
        old='"make_debug_cursor", "_commit", "_rollback", "_set_autocommit"',
        new='"make_debug_cursor", "_commit", "_set_autocommit"',
        tests="lab/recording/tests/test_recorder.py::test_recorder_leaves_the_connection_as_it_was",
    ),
    Sabotage(
        name="one statement more than the bound",
        path="lab/recording/recorder.py",
        old="if len(self.statements) >= self.bounds.queries:",
        new="if len(self.statements) > self.bounds.queries:",
        tests="lab/recording/tests/test_recorder.py::test_bound_lets_so_many_statements_through",
    ),
    Sabotage(
        name="the deadline is not looked at",
        path="lab/recording/recorder.py",
        old="if perf_counter_ns() > self.deadline:",
        new="if rows and perf_counter_ns() > self.deadline:",
        tests="lab/recording/tests/test_recorder.py::test_bound_interrupts_one_long_statement",
    ),
    Sabotage(
        name="a row of fetchone() is not counted",
        path="lab/recording/cursors.py",
        old="return () if row is None else (row,)",
        new="return ()",
        tests="lab/recording/tests/test_recorder.py::test_recorder_raw_cursor_and_its_rows",
    ),
    Sabotage(
        name="a column counts bytes, not characters",
        path="lab/recording/places.py",
        old='return len(line.encode()[:offset].decode(errors="ignore"))',
        new="return min(offset, len(line.encode()))",
        tests="lab/recording/tests/test_places.py",
    ),
    Sabotage(
        name="the expression of the instruction before",
        path="lab/recording/places.py",
        old="instruction // 2, None",
        new="instruction // 2 - 1, None",
        tests="lab/recording/tests/test_places.py",
    ),
    Sabotage(
        name="the outermost line of the lesson, not the innermost",
        path="lab/recording/places.py",
        old="spot = (frame.f_code, frame.f_lasti)\n                    break",
        new="spot = (frame.f_code, frame.f_lasti)",
        tests="lab/recording/tests/test_places.py",
    ),
    Sabotage(
        name="the outermost access names the cause",
        path="lab/recording/places.py",
        old="elif rank > best or rank == best == METHOD:",
        new="elif rank >= best:",
        tests="lab/recording/tests/test_causes.py",
    ),
    Sabotage(
        name="different statements of one place are one group",
        path="lab/recording/report.py",
        old="same = (statement.text, ",
        new="same = (statement.kind, ",
        tests="lab/recording/tests/test_recorder.py::test_recorder_transaction_statements_are_marked_and_not_counted",
    ),
    Sabotage(
        name="a group has the rows of its first execution",
        path="lab/recording/report.py",
        old="rows=sum(statement.rows for statement in statements)",
        new="rows=first.rows",
        tests="lab/recording/tests/test_recorder.py::test_recorder_cells_add_up_over_executions_with_and_without_rows",
    ),
    Sabotage(
        name="transaction statements are counted as queries",
        path="lab/recording/report.py",
        old="return sum(group.count for group in self.groups if group.is_query)",
        new="return sum(group.count for group in self.groups)",
        tests="lab/recording/tests/test_recorder.py::test_recorder_transaction_statements_are_marked_and_not_counted",
    ),
    Sabotage(
        name="executions are taken for different parameters",
        path="lab/recording/report.py",
        old="distinct=len(seen)",
        new="distinct=len(statements)",
        tests="lab/recording/tests/test_recorder.py::test_recorder_groups_by_statement_and_place",
    ),
    Sabotage(
        name="rows of RETURNING are not counted as affected",
        path="lab/recording/statements.py",
        old="return max(self.rowcount, self.rows)",
        new="return max(self.rowcount, 0)",
        tests="lab/recording/tests/test_recorder.py::test_recorder_rows_affected",
    ),
    Sabotage(
        name="a claim's log counts COMMIT",
        path="lab/recording/statements.py",
        old='for statement in self._statements if statement.kind != "transaction"]',
        new="for statement in self._statements]",
        tests="lab/recording/tests/test_recorder.py::test_log_is_live_and_leaves_transactions_out",
    ),
    Sabotage(
        name="another's profile function is not put back",
        path="lab/recording/access_recorder.py",
        old="sys.setprofile(self._replaced if callable(self._replaced) else None)",
        new="sys.setprofile(None)",
        tests="lab/running/tests/test_accesses.py",
    ),
    Sabotage(
        name="the prefetch cache is taken for the result cache",
        path="lab/recording/entry_points.py",
        old="return Answer.PREFETCH_CACHE if _is_prefetched(queryset) else Answer.RESULT_CACHE",
        new="return Answer.RESULT_CACHE",
        tests="lab/running/tests/test_accesses.py",
    ),
    Sabotage(
        name="deleted rows are left out of a cascade",
        path="lab/recording/cascade.py",
        old="return sum(group.rows or group.affected for group in self.groups)",
        new="return sum(group.rows for group in self.groups)",
        tests="lab/recording/tests/test_cascade.py",
    ),
    Sabotage(
        name="the outermost coroutine that waits, not the innermost",
        path="lab/recording/coroutines.py",
        old="return reversed(list(_frames(origin.task.get_coro())))",
        new="return iter(list(_frames(origin.task.get_coro())))",
        tests="lab/recording/tests/test_coroutines.py",
    ),
    Sabotage(
        name="a thread of a coroutine reaches the site's own database",
        path="lab/recording/coroutines.py",
        old="ThreadPoolExecutor(initializer=take)",
        new="ThreadPoolExecutor()",
        tests="lab/recording/tests/test_coroutines.py",
    ),
    Sabotage(
        name="two runs share a cache",
        path="lab/caching.py",
        old='cache.key_prefix = f"run-{uuid.uuid4().hex}"',
        new='cache.key_prefix = "run"',
        tests="lab/tests/test_caching.py::test_runs_in_threads_do_not_meet",
    ),
]

RUNNING = [
    Sabotage(
        name="the order of rows is left out of an ordered digest",
        path="lab/running/rows.py",
        old="if self.ordered else self._sum + digest",
        new="if not self.ordered else self._sum + digest",
        tests="lab/running/tests/test_runner.py",
    ),
    Sabotage(
        name="12.50 and 12.5 are different prices",
        path="lab/running/rows.py",
        old='return ("number", str(value.normalize() + 0))',
        new='return ("number", str(value))',
        tests="lab/running/tests/test_runner.py",
    ),
    Sabotage(
        name="two equal rows take each other out of the digest",
        path="lab/running/rows.py",
        old="else self._sum + digest)",
        new="else self._sum ^ digest)",
        tests="lab/running/tests/test_runner.py",
    ),
    Sabotage(
        name="a row more in the preview",
        path="lab/running/rows.py",
        old="if self.count < self.keep:",
        new="if self.count <= self.keep:",
        tests="lab/running/tests/test_runner.py",
    ),
    Sabotage(
        name="a refused write that the lesson swallows is forgotten",
        path="lab/running/runner.py",
        old="error = recorder.fatal or error",
        new="error = error and (recorder.fatal or error)",
        tests="lab/running/tests/test_runner.py",
    ),
    Sabotage(
        name="the cold run is among the warm ones",
        path="lab/running/runner.py",
        old="warm = warm or times",
        new="warm = times",
        tests="lab/running/tests/test_runner.py",
    ),
    Sabotage(
        name="the lab's own work counts as the run's",
        path="lab/running/runner.py",
        old="self._paused += perf_counter_ns() - started",
        new="self._paused = perf_counter_ns() - started",
        tests="lab/running/tests/test_runner.py",
    ),
    Sabotage(
        name="a run that fails keeps its slot",
        path="lab/running/slot.py",
        old="    try:\n        yield\n    finally:\n        _slots().release()",
        new="    yield\n    _slots().release()",
        tests="lab/running/tests/test_runner.py",
    ),
    Sabotage(
        name="models go to the registry of a setup.py that failed",
        path="lab/running/setup.py",
        old="        try:\n            yield registry\n        finally:\n            Options.",
        new="        if True:\n            yield registry\n            Options.",
        tests="lab/running/tests/test_setup.py",
    ),
    Sabotage(
        name="rows are held while memory is measured",
        path="lab/running/memory.py",
        old="deque(result, maxlen=0)",
        new="deque(result)",
        tests="lab/running/tests/test_memory.py",
    ),
    Sabotage(
        name="a field counts each time it is read",
        path="lab/running/fields.py",
        old="            unread.discard(name)\n",
        new="",
        tests="lab/running/tests/test_fields.py",
    ),
    Sabotage(
        name="models stay watched after an error",
        path="lab/running/fields.py",
        old="    try:\n        yield\n    finally:\n        model.from_db = classmethod(made)\n        del model.__getattribute__",
        new="    yield\n    model.from_db = classmethod(made)\n    del model.__getattribute__",
        tests="lab/running/tests/test_fields.py",
    ),
    Sabotage(
        name="the plan of the statement after",
        path="lab/running/explaining.py",
        old="if len(self.statements) == self.n:",
        new="if len(self.statements) > self.n:",
        tests="lab/running/tests/test_explaining.py",
    ),
    Sabotage(
        name="a plan is told of the first statement",
        path="lab/running/explaining.py",
        old="explainer.statements[n - 1]",
        new="explainer.statements[0]",
        tests="lab/running/tests/test_explaining.py",
    ),
]

SHELVES = [
    Sabotage(
        name="a shelf stays the default database after an error",
        path="lab/shelves.py",
        old="    try:\n        with own_cache():\n            yield replaced\n    finally:\n        connections",
        new="    if True:\n        with own_cache():\n            yield replaced\n        connections",
        tests="lab/tests/test_shelves.py",
    ),
    Sabotage(
        name="other words make no shelf stale",
        path="lab/shelves.py",
        old="for module in (seeding, rows, words)",
        new="for module in (seeding, rows)",
        tests="lab/tests/test_shelves.py",
    ),
    Sabotage(
        name="a shelf of another seed is taken for current",
        path="lab/shelves.py",
        old="label.fingerprint == fingerprint() and seed in (None, label.seed)",
        new="label.fingerprint == fingerprint()",
        tests="lab/tests/test_seed_library.py",
    ),
    Sabotage(
        name="a stale shelf is run on",
        path="lab/shelves.py",
        old="if label is None or label.fingerprint != fingerprint():",
        new="if label is None:",
        tests="lab/running/tests/test_setup.py",
    ),
    Sabotage(
        name="rows are drawn without the seed",
        path="library/rows.py",
        old='f"{self.seed} {stream}"',
        new="stream",
        tests="library/tests/test_rows.py",
    ),
    Sabotage(
        name="all authors write alike",
        path="library/rows.py",
        old="return self.key(int(self.count * at * at))",
        new="return self.key(int(self.count * at))",
        tests="library/tests/test_rows.py",
    ),
    Sabotage(
        name="unpublished books sell",
        path="library/rows.py",
        old="yield ranks.key(int(self.books_out * at * at * at))",
        new="yield ranks.key(int(self.books * at * at * at))",
        tests="library/tests/test_rows.py",
    ),
    Sabotage(
        name="the admin asks for the customer of each sale",
        path="library/admin.py",
        old='list_filter = ["sold_at"]\n    list_select_related = ["book", "customer"]',
        new='list_filter = ["sold_at"]\n    list_select_related = ["book"]',
        tests="library/tests/test_admin.py",
    ),
]

ENGINES = [
    Sabotage(
        name="read access that writes, on SQLite",
        path="lab/engines/sqlite.py",
        old="?mode=ro",
        new="?mode=rw",
        tests="lab/running/tests/test_runner.py",
    ),
    Sabotage(
        name="read access that writes, on PostgreSQL",
        path="lab/engines/postgresql.py",
        old="        if read_only:\n",
        new="        if not read_only:\n",
        tests="lab/engines/tests/test_engines.py::test_read_refuses_a_write",
    ),
    Sabotage(
        name="a copy stays after an error, on SQLite",
        path="lab/engines/sqlite.py",
        old="        try:\n            yield path\n        finally:\n            for",
        new="        if True:\n            yield path\n            for",
        tests="lab/engines/tests/test_engines.py::test_copy_is_dropped_after_an_error",
    ),
    Sabotage(
        name="a copy stays after an error, on servers",
        path="lab/engines/server.py",
        old="        try:\n            make(admin, name)\n            yield name\n        finally:\n            self._drop",
        new="        if True:\n            make(admin, name)\n            yield name\n            self._drop",
        tests="lab/engines/tests/test_engines.py::test_copy_is_dropped_after_an_error",
    ),
    Sabotage(
        name="copies of living processes are swept",
        path="lab/engines/server.py",
        old='_scratch_") and self._hold(admin, name):',
        new='_scratch_"):',
        tests="lab/engines/tests/test_engines.py::test_first_use_leaves_what_others_work_on",
    ),
    Sabotage(
        name="killed processes' copies are not swept",
        path="lab/engines/scratch.py",
        old='for folder in Path(root).glob("*-*"):',
        new='for folder in Path(root).glob(f"{os.getpid()}-*"):',
        tests="lab/tests/test_shelves.py",
    ),
    Sabotage(
        name="the checksum does not see a counter, on PostgreSQL",
        path="lab/engines/postgresql.py",
        old="SELECT sequencename, last_value FROM",
        new="SELECT sequencename FROM",
        tests="lab/engines/tests/test_engines.py::test_checksum_sees_a_row_and_a_sequence",
    ),
    Sabotage(
        name="the checksum does not see a row, on PostgreSQL",
        path="lab/engines/postgresql.py",
        old="SELECT count(*), sum(hashtextextended(t::text, 0)::numeric) FROM",
        new="SELECT count(*) FROM",
        tests="lab/engines/tests/test_engines.py::test_checksum_sees_a_row_and_a_sequence",
    ),
    Sabotage(
        name="a server that shuts down is not taken for lost",
        path="lab/engines/postgresql.py",
        old='("08", "57P", "53300")',
        new='("08", "53300")',
        tests="lab/engines/tests/test_engines.py::test_shutdown_is_taken_for_a_lost_server",
    ),
    Sabotage(
        name="a lost server is asked again at once",
        path="lab/engines/connecting.py",
        old="        self._fail(lost)\n",
        new="",
        tests="lab/engines/tests/test_engines.py::test_lost_connection_is_told_in_words",
    ),
]

PLANS = [
    Sabotage(
        name="a full scan is told as an index",
        path="lab/plans/sqlite_steps.py",
        old='return f"reads every row of {table}{order}", None, TableAccess.ALL',
        new='return f"reads every row of {table}{order}", None, TableAccess.INDEX',
        tests="lab/plans/tests/test_plans.py::test_whole_table_is_told",
    ),
    Sabotage(
        name="a sort below a LIMIT reads only what it has to",
        path="lab/plans/sqlite_steps.py",
        old="certain = certain and (sorts or not self.facts.has_limit)",
        new="certain = certain and not self.facts.has_limit",
        tests="lab/plans/tests/test_plans.py::test_limit_may_end_a_scan",
    ),
    Sabotage(
        name="any difference is a wrong estimate",
        path="lab/plans/words.py",
        old="if high / low < _WRONG_FACTOR or ",
        new="if high / low < _WRONG_FACTOR and ",
        tests="lab/plans/tests/test_plans.py::test_postgresql_wrong_estimate_is_noted",
    ),
    Sabotage(
        name="a statement that writes within is taken to only read",
        path="lab/plans/facts.py",
        old="return not _WRITES.search(",
        new="return not _WRITES.match(",
        tests="lab/plans/tests/test_plans.py::test_reading_is_told_from_writing",
    ),
    Sabotage(
        name="a headline tells SQLite's steps backwards",
        path="lab/plans/headline.py",
        old='nodes if vendor == "sqlite" else nodes[::-1]',
        new="nodes[::-1]",
        tests="lab/plans/tests/test_plans.py::test_sqlite_headline_keeps_the_order_of_the_steps",
    ),
]

RACES = [
    Sabotage(
        name="the order of turns is ignored",
        path="lab/race/race.py",
        old="for name in schedule:",
        new="for name in sorted(schedule):",
        tests="lab/race/tests/test_race.py::test_lost_update",
    ),
    Sabotage(
        name="nobody is told to have waited",
        path="lab/race/chronicle.py",
        old="waited_for=tuple(turn.waited_for),",
        new="waited_for=(),",
        tests="lab/race/tests/test_sqlite.py",
    ),
    Sabotage(
        name="a deadlock is told as a lock timeout",
        path="lab/race/postgresql.py",
        old='"40P01": End.DEADLOCK',
        new='"40P01": End.LOCK_TIMEOUT',
        tests="lab/race/tests/test_race.py::test_deadlock_ends_the_session_that_closes_the_circle",
    ),
    Sabotage(
        name="what breaks the invariant keeps it",
        path="lab/race/report.py",
        old='"kept" if self.kept else "broken"',
        new='"broken" if self.kept else "kept"',
        tests="lab/race/tests/test_race.py::test_invariant_is_told_with_its_words",
    ),
    Sabotage(
        name="an isolation level is ignored",
        path="lab/race/monitors.py",
        old="self.isolation = isolation or next(iter(self.levels))",
        new="self.isolation = next(iter(self.levels))",
        tests="lab/race/tests/test_sqlite.py",
    ),
    Sabotage(
        name="some orders are never run",
        path="lab/race/orders.py",
        old="for turn in report.turns[len(prefix) :]:",
        new="for turn in report.turns[len(prefix) + 1 :]:",
        tests="lab/race/tests/test_race.py::test_orders_are_all_that_there_are",
    ),
    Sabotage(
        name="a sample of orders is told to be all",
        path="lab/race/orders.py",
        old="is_complete=not open_)",
        new="is_complete=True)",
        tests="lab/race/tests/test_race.py::test_orders_are_all_that_there_are",
    ),
    Sabotage(
        name="a session that rolled back is told to have committed",
        path="lab/race/monitors.py",
        old='return End.ROLLED_BACK if session.last_transaction_word == "rollback" else End.COMMITTED',
        new="return End.COMMITTED",
        tests="lab/race/tests/test_race.py::test_how_a_session_ends",
    ),
]

COURSE = [
    Sabotage(
        name="a misspelt key is accepted",
        path="lessons/course/reading.py",
        old="    top.finish()\n",
        new="",
        tests="lessons/course/tests/test_reading.py",
    ),
    Sabotage(
        name="a count that is not declared is accepted",
        path="lessons/course/run_form.py",
        old="for books in SIZES if books not in",
        new="for books in SIZES[:-1] if books not in",
        tests="lessons/course/tests/test_reading.py",
    ),
    Sabotage(
        name="a condition on the version is as good as none",
        path="lessons/course/contract.py",
        old="return bool(self.engines) + bool(str(self.django))",
        new="return bool(self.engines)",
        tests="lessons/course/tests/test_reading.py",
    ),
    Sabotage(
        name="a schedule may have a turn too many",
        path="lessons/course/race_form.py",
        old="if not 1 <= len(race.schedule) <= MOST_TURNS:",
        new="if not 1 <= len(race.schedule) <= MOST_TURNS + 1:",
        tests="lessons/course/tests/test_race_form.py",
    ),
]

RUNS = [
    Sabotage(
        name="a lesson that reads may write",
        path="lessons/runs/shelved.py",
        old="access=self.lesson.access, prepare=self.prepare, **options)",
        new='access="write", prepare=self.prepare, **options)',
        tests="lessons/proof/tests/test_proof.py",
    ),
    Sabotage(
        name="templates of the lesson before are found",
        path="lessons/runs/loaders.py",
        old="        _running.reset(token)",
        new="        _running.get()[1].clear()",
        tests="lessons/runs/tests/test_running.py",
    ),
    Sabotage(
        name="a claim that depends is told as false",
        path="lessons/runs/verdicts.py",
        old="if not any(holds):",
        new="if not all(holds):",
        tests="lessons/runs/tests/test_verdicts.py",
    ),
    Sabotage(
        name="a variant of another Django runs all the same",
        path="lessons/runs/shelved.py",
        old="self.needs_engine() or variant.needs(self.environment)",
        new="self.needs_engine()",
        tests="lessons/proof/tests/test_proof.py",
    ),
    Sabotage(
        name="a variant's own invariant is passed over",
        path="lessons/runs/shelved.py",
        old="for name in _RULES if name in functions)",
        new="for name in _RULES[:1] if name in functions)",
        tests="lessons/course/tests/test_race_form.py",
    ),
]

MEASURED = [
    Sabotage(
        name="engines share the figures of a staircase",
        path="lessons/measured/stairs.py",
        old="*names, shelf.engine_name, shelf.books",
        new="*names, shelf.books",
        tests="lessons/measured/tests/test_stairs.py",
    ),
    Sabotage(
        name="isolation levels share their orders",
        path="lessons/measured/orders.py",
        old='variant.name, shelf.engine_name, level.replace(" ", "-")]',
        new="variant.name, shelf.engine_name]",
        tests="lessons/pages/races/tests/test_orders.py",
    ),
    Sabotage(
        name="measuring again gives what was there",
        path="lessons/measured/latest.py",
        old="if kept is None or (again and kept.measured_at < asked_at):",
        new="if kept is None:",
        tests="lessons/measured/tests/test_latest.py",
    ),
    Sabotage(
        name="a measurement that fails locks all others out",
        path="lessons/measured/latest.py",
        old="    try:\n        yield\n    finally:\n        _measuring.release()",
        new="    yield\n    _measuring.release()",
        tests="lessons/measured/tests/test_latest.py",
    ),
    Sabotage(
        name="the quickest of three, not the median",
        path="lessons/measured/scaling.py",
        old="[len(reports) // 2]",
        new="[0]",
        tests="lessons/measured/tests/test_scaling.py",
    ),
    Sabotage(
        name="runs go on after one was stopped",
        path="lessons/measured/scaling.py",
        old="stopped = point.status == Status.STOPPED",
        new="stopped = False",
        tests="lessons/measured/tests/test_scaling.py",
    ),
]

PROOF = [
    Sabotage(
        name="counts are proved on the largest shelf alone",
        path="lessons/proof/runs.py",
        old="for shelf in shelves\n        if (declared",
        new="for shelf in shelves[-1:]\n        if (declared",
        tests="lessons/proof/tests/test_proof.py",
    ),
    Sabotage(
        name="as many rows are equal rows",
        path="lessons/proof/runs.py",
        old="variant.name: report.digest",
        new="variant.name: report.rows",
        tests="lessons/proof/tests/test_proof.py",
    ),
    Sabotage(
        name="any saving is enough",
        path="lessons/proof/runs.py",
        old="elif ratio > bound:",
        new="elif ratio > 1:",
        tests="lessons/proof/tests/test_proof.py",
    ),
    Sabotage(
        name="claims are proved on the smallest shelf alone",
        path="lessons/proof/proof.py",
        old="dict.fromkeys((shelves[0], shelves[-1]))",
        new="dict.fromkeys((shelves[0], shelves[0]))",
        tests="lessons/proof/tests/test_proof.py",
    ),
    Sabotage(
        name="an engine of three may differ",
        path="lessons/proof/proof.py",
        old="if proof.ended(key)}) > 1",
        new="if proof.ended(key)}) > 2",
        tests="lessons/proof/tests/test_proof.py::test_rows_that_differ_by_engine_are_a_fault_unless_it_is_said_why",
    ),
    Sabotage(
        name="a race is proved by its invariant alone",
        path="lessons/proof/races.py",
        old="elif declared and report.outcome != declared:",
        new='elif declared and report.outcome.get("invariant") != declared["invariant"]:',
        tests="lessons/course/tests/test_race_form.py",
    ),
    Sabotage(
        name="a changed shelf goes unnoticed",
        path="lessons/management/commands/check_lessons.py",
        old="before[size] != after.get(size)]",
        new="size not in after]",
        tests="lessons/tests/test_commands.py::test_check_lessons_notices_a_changed_shelf",
    ),
]

WORDS = [
    Sabotage(
        name="counts stand at the last line of an expression",
        path="lessons/words/listing.py",
        old="mark.place.line == number]",
        new="mark.place.end_line == number]",
        tests="lessons/words/tests/test_listing.py",
    ),
    Sabotage(
        name="code is not escaped",
        path="lessons/words/listing.py",
        old="{escape(piece)}</span>' if css",
        new="{piece}</span>' if css",
        tests="lessons/pages/tests/test_views.py::test_text_in_code_and_rows_is_escaped",
    ),
    Sabotage(
        name="parameters are not escaped",
        path="lessons/words/sql.py",
        old="((value,) for value in values[:_MOST])",
        new="((mark_safe(value),) for value in values[:_MOST])",
        tests="lessons/words/tests/test_sql.py",
    ),
    Sabotage(
        name="a group tells ×n of its rows",
        path="lessons/terminal/run_table.py",
        old='f"×{group.count:,}" if group.is_query',
        new='f"×{group.rows:,}" if group.is_query',
        tests="lessons/tests/test_commands.py::test_run_lesson_tells_how_often_a_statement_ran_and_its_rows",
    ),
]

PAGES = [
    Sabotage(
        name="links lose the engine",
        path="lessons/pages/addresses.py",
        old='else {**engine, "books": shelf.books}',
        new='else {"books": shelf.books}',
        tests="lessons/pages/runs/tests/test_engines.py",
    ),
    Sabotage(
        name="the switch of shelves stays where it is",
        path="lessons/pages/base.py",
        old="url=self.url(replace(self.shelf, books=size)),",
        new="url=self.url(),",
        tests="lessons/pages/tests/test_views.py",
    ),
    Sabotage(
        name="a guess is scored by the other figure",
        path="lessons/pages/runs/question.py",
        old='return self.report.rows_fetched if self.asks == "rows"',
        new='return self.report.rows_fetched if self.asks != "rows"',
        tests="lessons/pages/tests/test_views.py::test_guess_is_scored",
    ),
    Sabotage(
        name="links swap the sides of a comparison",
        path="lessons/pages/runs/compare.py",
        old='{"left": self.left.variant.name, "right": self.right.variant.name}',
        new='{"left": self.right.variant.name, "right": self.left.variant.name}',
        tests="lessons/pages/tests/test_views.py",
    ),
    Sabotage(
        name="both sides show one file",
        path="lessons/pages/runs/compare.py",
        old="_side(right, j1 + offset, j2,",
        new="_side(left, i1 + offset, i2,",
        tests="lessons/pages/tests/test_views.py",
    ),
    Sabotage(
        name="a statement leads to the plan of the one before",
        path="lessons/pages/runs/lab.py",
        old="self.addresses.plan(self.variant, n, ",
        new="self.addresses.plan(self.variant, n - 1 or n, ",
        tests="lessons/pages/runs/tests/test_plan.py",
    ),
    Sabotage(
        name="the link to all orders loses the level",
        path="lessons/pages/races/race.py",
        old="return self._played.url(there, schedule=None",
        new="return self.address.url(there, isolation=None, schedule=None",
        tests="lessons/pages/races/tests/test_orders.py",
    ),
    Sabotage(
        name="a turn may come before the one that lets it",
        path="lessons/pages/races/turns.py",
        old="if following.session not in turn.could:",
        new="if turn.session not in following.could:",
        tests="lessons/pages/races/tests/test_race.py",
    ),
    Sabotage(
        name="a full house does not say when to come back",
        path="lessons/pages/answers.py",
        old="error, 503, retry_after=error.retry_after)",
        new="error, 503)",
        tests="lessons/pages/tests/test_views.py",
    ),
    Sabotage(
        name="a round trip of microseconds",
        path="lessons/pages/measured/curve.py",
        old="float(latency) * 1e6",
        new="float(latency) * 1e3",
        tests="lessons/pages/measured/tests/test_curve.py",
    ),
    Sabotage(
        name="claims of any track or any verdict",
        path="lessons/pages/overviews/claims.py",
        old='verdict in ("", e.word) and track in',
        new='verdict in ("", e.word) or track in',
        tests="lessons/pages/overviews/tests/test_claims.py",
    ),
]

CONFIG = [
    Sabotage(
        name="pages may load from other hosts",
        path="config/settings.py",
        old='"default-src": [SELF],',
        new='"default-src": [SELF, "https:"],',
        tests="lessons/pages/tests/test_views.py::test_pages_allow_no_other_host",
    ),
    Sabotage(
        name="the debug toolbar counts what is not recorded",
        path="config/toolbar.py",
        old="if recorded and panel is not None:",
        new="if panel is not None:",
        tests="tests/test_debug_toolbar.py::test_toolbar_counts_the_recorded_run_alone",
    ),
]

SABOTAGES = [
    *RECORDING,
    *RUNNING,
    *SHELVES,
    *ENGINES,
    *PLANS,
    *RACES,
    *COURSE,
    *RUNS,
    *MEASURED,
    *PROOF,
    *WORDS,
    *PAGES,
    *CONFIG,
]


if __name__ == "__main__":
    sys.exit(main(SABOTAGES, sys.argv[1:]))
