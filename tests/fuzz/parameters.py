"""What an address of the site may say, as strategies: a parameter that a view reads is listed here, or a test fails.

Every text is percent-encoded already, so that it may also be no UTF-8.
"""

import re
from urllib.parse import quote

from django.urls import URLPattern, get_resolver
from hypothesis import strategies as st

from lab.engines import NAMES
from lab.race import isolation_levels

MARK = "qx"  # the name of a tag and of an attribute that no page of the site has


def encoded(text):
    """It may have surrogates, which stand for themselves then."""
    return quote(text.encode(errors="surrogatepass"), safe="")


NASTY = [
    *map(
        encoded,
        [
            f"<{MARK}>",
            f"'\"><{MARK} {MARK}=1>",
            f'" {MARK}="1',
            f"' {MARK}='1",
            f"javascript:{MARK}",
            f"</script><{MARK}>",
            f"{{{{ {MARK} }}}}{{% {MARK} %}}",
            "\x00",
            "\r\nSet-Cookie: a=b\r\n\r\n",
            "\x1b[31mred\x1b]0;title\x07",
            "\u2028\u2029\x85",
            "\u202eevil\u2066\u200f",
            "\ud800\udfff",
            "\ufeff\uffff\U0010ffff",
            "e\u0301" * 200,
            "..",
            "../../../../etc/passwd",
            "..\\..\\",
            "//evil.example/",
            "\\\\evil.example",
            "%",
            "%2525",
            "0x10",
            "1e400",
            "-1",
            "-0",
            "1.5",
            "nan",
            "inf",
            "1_000",
            "1,000",
            " 10 ",
            "²",
            "٣",
            "'; DROP TABLE library_book; --",
            "${7*7}",
            "%s%d%(name)s",
            "{0.__class__}",
            'a" OR title:"b"*',
            "NEAR(a b, 99999999999) NOT ^a - + * \"'",
            "title : (a AND NOT) {a b} : c",
            "__init__",
            "None",
        ],
    ),
    "",
    "%ff%fe",
    "%c0%ae%c0%ae%2f",
    "%ed%a0%80",
    "%",
    "%zz",
    "%0",
    "9" * 5_000,
    "-" + "9" * 5_000,
    "1" + "0" * 308,
    "x" * 5_000,
    "%2f" * 500,
    "%61" * 1_000,
]
junk = st.one_of(
    st.sampled_from(NASTY),
    st.text(max_size=30).map(encoded),
    st.binary(max_size=12).map(quote),
    st.integers().map(str),
    st.floats().map(repr).map(encoded),
)


def often(usual, seldom):
    """The one nine times of ten. (Hypothesis takes equal strategies of one_of() for one.)"""
    return st.integers(0, 9).flatmap(lambda n: seldom if n == 9 else usual)


def mostly(*values):
    """One of these, or now and then something else altogether."""
    return often(st.sampled_from([encoded(str(value)) for value in values]), junk)


def _lists(each, separator, most=80):
    return st.lists(each, max_size=most).map(separator.join)


_variants = mostly("naive", "optimized", "third", "naiv")
_books = mostly(10, 37, 100, 1000, 7, 50, 10_000, "")
_engines = mostly(*NAMES, "SQLite", "MariaDB", "oracle", "")
_tracks = mostly("a_track", "a_trak", "all", "")
_sessions = mostly("alice", "bob", "bobb")
_lessons = mostly("a_track/a_lesson", "a_track/a_race", "old/place", "a_lesson", "/", "a_track/none")
_statements = st.tuples(_variants, mostly(1, 2, 99), mostly(*NAMES)).map(".".join)

PARAMETERS = {
    "beside": st.one_of(_variants, _statements, _statements.map(lambda each: each.rpartition(".")[0])),
    "books": _books,
    "by": mostly("queries", "time", "rows", "tme", ""),
    "engine": _engines,
    "format": mostly("json", "text", ""),
    "guess": mostly("kept", "broken", "few", "many", 0, 11, "1,001", -3, ""),
    "isolation": mostly(*(level for name in NAMES for level in isolation_levels(name)), ""),
    "latency": mostly(0, 1, 2, 5, 20, "2.0", ""),
    "left": _variants,
    "look": st.one_of(_sessions, st.just("")),
    "measure": mostly(1, ""),
    "next": mostly("/", "//evil.example/", "https://evil.example/"),  # the admin's
    "q": st.one_of(mostly("n+1", "select_related", "deadlok"), _lists(junk, "+", 20)),
    "right": _variants,
    "schedule": st.one_of(
        _lists(st.sampled_from(["alice", "bob"]), "+", 8),
        _lists(_sessions, "+"),
        st.just("alice+" * 1_000),
        junk,
    ),
    "set": st.one_of(_lists(_lessons, ","), st.just("a_track/none," * 3_000), junk),
    "ticket": junk,
    "title": junk,
    "track": _tracks,
    "variant": _variants,
    "verdict": mostly("true", "false", "it-depends", "it_depends", ""),
}
# What stands between the slashes of an address, by the name in its pattern; by its kind, where it is new.
PARTS = {
    "track": mostly("a_track", "old", "a_trak"),
    "slug": mostly("a_lesson", "a_race", "place", "a_leson"),
    "name": mostly("naive", "optimized", "third", "naiv"),
    "n": mostly(1, 2, 11, 12, 0, "9" * 15, "9" * 4_000),
}
_KINDS = {"int": mostly(0, 1, 99), "slug": mostly("a", "a-b_c")}
_OTHERS = [  # of no pattern of ours
    "admin/",
    "admin/login/",
    "admin/library/book/1/change/",
    "admin/jsi18n/",
    "static/",
    "static/css/tokens.css",
    "static/../config/settings.py",
    "static/%2e%2e/%2e%2e/config/settings.py",
    "static/..%2f..%2f.env",
    "favicon.ico",
    ".env",
    ".git/config",
    "wp-login.php",
    "lessons/a_track/a_lesson/naive/plan/",
]
_BENT = ["/", "//", "..%2f", "%2f", "/../", ";a=b", "%00", "%0a", "index.html"]


def routes():
    """The patterns of the site's own addresses: "lessons/<slug:track>/"."""
    return list(dict.fromkeys(_routes(get_resolver().url_patterns, "")))


def _routes(patterns, before):
    for each in patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield route
        elif each.app_name != "admin":
            yield from _routes(each.url_patterns, route)


def parts_of(route):
    """[(kind, name)]: "lessons/<slug:track>/" has ("slug", "track")."""
    return re.findall(r"<(\w+):(\w+)>", route)


def paths_of(route):
    """What the pattern takes, and a little that it does not."""
    first, *texts = re.split(r"<\w+:\w+>", route)
    parts = [st.just(first)]
    for (kind, name), text in zip(parts_of(route), texts, strict=True):
        parts += [PARTS[name] if name in PARTS else _KINDS.get(kind, junk), st.just(text)]
    return st.tuples(*parts).map("".join)


def other_paths():
    """Of no pattern, or made of one by hand."""
    plain = st.one_of(st.sampled_from(_OTHERS), st.sampled_from(routes()).flatmap(paths_of))
    bent = st.tuples(plain, st.sampled_from(_BENT), junk).map("".join)
    return st.one_of(plain, bent, junk, _lists(junk, "/", 6))


def queries(names):
    """[(name, value)]: of these names mostly, some of them more than once."""
    known, other = st.sampled_from(sorted(PARAMETERS)).flatmap(_pairs), st.tuples(junk, junk)
    likely = st.sampled_from(sorted(names)).flatmap(_pairs) if names else known
    few = st.lists(often(likely, st.one_of(known, other)), max_size=5)
    return often(few, st.one_of(few.map(lambda pairs: pairs * 3), st.just([("books", "10")] * 10_000)))


def _pairs(name):
    return st.tuples(st.just(name), PARAMETERS.get(name, junk))
