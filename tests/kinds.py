"""Addresses of every kind of page, by the name of its URL: what is asked of a page is asked of all of them.

A new URL needs a line here, or tests/test_accessibility.py fails.
"""

_LESSONS = "/lessons"
LESSON = f"{_LESSONS}/n_plus_one/forward_foreign_key/"
THREE = f"{_LESSONS}/n_plus_one/nested_path/"  # variants
TRACED = f"{_LESSONS}/when_does_it_run/evaluate_once/"
RACE = f"{_LESSONS}/transactions/wallet_transfer/"
MATRIX = f"{_LESSONS}/transactions/isolation_matrix/"
BANDS = f"{_LESSONS}/schema_and_indexes/an_index/"
ONE_ENGINE = f"{_LESSONS}/schema_and_indexes/add_an_index_safely/"
TEMPLATE = f"{_LESSONS}/n_plus_one/hidden_in_a_template/"
CASCADE = f"{_LESSONS}/write_in_bulk/queryset_delete/"
SHOWN = f"{_LESSONS}/seeing_queries/watch_production/"

KINDS = {
    "home": ["/"],
    "status": ["/status/"],
    "healthz": [],  # for machines
    "readyz": [],
    "robots": [],
    "differences": ["/differences/"],
    "summary": ["/summary/?track=all"],
    "names": ["/names/"],
    "symptoms": ["/symptoms/"],
    "glossary": ["/glossary/"],
    "plan_steps": ["/plans/"],
    "models": ["/models/"],
    "claims_index": ["/claims/?track=n_plus_one"],
    "search": ["/search/", "/search/?q=n%2B1", "/search/?q=deadlok"],
    "search_index": [],
    "test_file": [],
    "challenge": [],
    "play": ["/play/"],
    "play_embed": ["/play/embed/"],
    "play_lesson": [],
    "progress": ["/progress/"],
    "offline": ["/offline/"],
    "manifest": [],
    "service_worker": [],
    "set": ["/set/", "/set/?set=n_plus_one/forward_foreign_key,transactions/wallet_transfer"],
    "track": ["/lessons/n_plus_one/"],
    "lesson": [LESSON, f"{LESSON}?guess=100", BANDS, f"{BANDS}?guess=few", RACE, f"{RACE}?guess=kept"],
    "variant": [
        f"{LESSON}naive/?books=1000",
        f"{LESSON}optimized/?engine=postgresql&books=10&measure=1",
        f"{THREE}one_step_at_a_time/",
        f"{TRACED}prefetched/",
        f"{TEMPLATE}naive/",
        f"{CASCADE}naive/",
        f"{SHOWN}budget/?books=10",  # an error is its outcome
        f"{ONE_ENGINE}naive/?engine=sqlite",  # unavailable
        f"{LESSON}naive/?books=7",  # refused
        f"{RACE}naive/",
        f"{RACE}naive/?engine=postgresql",
        f"{RACE}naive/?schedule=alice&look=alice",
    ],
    "compare": [
        f"{LESSON}compare/?books=1000",
        f"{_LESSONS}/fetch_less/distinct_values/compare/",  # whose rows differ
        f"{RACE}compare/",
    ],
    "engines": [f"{LESSON}engines/"],
    "curve": [f"{LESSON}curve/?latency=20"],
    "gain": [f"{LESSON}gain/?books=100"],
    "staircase": [f"{THREE}staircase/?books=1000"],
    "spans": [f"{SHOWN}spans/?books=10"],
    "matrix": [f"{MATRIX}matrix/"],
    "claims": [f"{LESSON}claims/"],
    "plan": [
        f"{LESSON}naive/plan/2/?books=100&beside=optimized.1",
        f"{_LESSONS}/n_plus_one/several_foreign_keys/optimized/plan/1/?engine=postgresql&books=1000",
    ],
    "orders": [f"{RACE}naive/orders/"],
    None: ["/no/such/page/"],
}
ADDRESSES = [address for addresses in KINDS.values() for address in addresses]
# One of each kind, and one of a race where races have pages of that kind.
_OF_RACES = [[each for each in addresses if each.startswith(RACE)] for addresses in KINDS.values()]
FIRST = {addresses[0] for addresses in (*KINDS.values(), *_OF_RACES) if addresses}
