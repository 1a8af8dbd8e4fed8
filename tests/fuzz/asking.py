"""A request, as hypothesis makes it and as a server hands it on."""

from dataclasses import dataclass, field, replace
from io import BytesIO
from urllib.parse import unquote_to_bytes

from hypothesis import strategies as st

from tests.fuzz.parameters import MARK, PARAMETERS, often, other_paths, paths_of, queries

_JUNK = [
    "",
    MARK,
    f"<{MARK}>",
    "\x1b[31m",
    "\xff\xfe",
    "9" * 5_000,
    "x" * 8_000,
    ",;,;=",
    '"',
    "*",
    "\t",
    "../..",
    "null",
]
_ADDRESSES = ["http://testserver/lessons/", "http://evil.example/", "//", "http://[", f"javascript:{MARK}"]
HEADERS = {
    "ACCEPT": ["*/*", "text/html;q=x", "application/json"],
    "ACCEPT_ENCODING": ["gzip", "gzip;q=0", "br;q=1.0, gzip;q=0.5, *;q=0", "identity", "gzipx"],
    "ACCEPT_LANGUAGE": ["de", "x" * 600, "en-" * 300],
    "AUTHORIZATION": ["Basic", "Basic !!!", "Bearer x"],
    "COOKIE": [
        "sessionid=x; csrftoken=y",
        "sessionid=" + "a" * 32,
        "messages=" + "a" * 60 + ":x",
        "=;=;;",
        "a" * 9_000,
        'csrftoken="\\012\\"',
        f"csrftoken=<{MARK}>",
    ],
    "FORWARDED": ["host=evil.example;proto=https"],
    "HOST": [
        "testserver",
        "127.0.0.1:99999",
        "evil.example",
        "localhost:80:80",
        "[::1",
        "a b",
        "testserver.",
        "TESTSERVER",
    ],
    "HX_BOOSTED": ["true"],
    "HX_CURRENT_URL": _ADDRESSES,
    "HX_CURRENT_URL_URI_AUTOENCODED": ["true"],
    "HX_HISTORY_RESTORE_REQUEST": ["true"],
    "HX_PROMPT": ["yes"],
    "HX_REQUEST": ["true"],
    "HX_TARGET": ["lab", "gain", "refused"],
    "HX_TRIGGER": ["a"],
    "HX_TRIGGER_NAME": ["a"],
    "IF_MODIFIED_SINCE": ["Thu, 01 Jan 1970 00:00:00 GMT", "Thu, 99 Xxx 99999 99:99:99 GMT"],
    "IF_NONE_MATCH": ["*", '"a"', 'W/"a", "b', '"' * 999],
    "IF_MATCH": ["*", '"a"'],
    "ORIGIN": _ADDRESSES,
    "RANGE": ["bytes=0-1", "bytes=-", "bytes=9-1", "bytes=" + "0-1," * 500, "lines=1"],
    "REFERER": _ADDRESSES,
    "SEC_FETCH_SITE": ["cross-site"],
    "TRIGGERING_EVENT": ["{", "[" * 9_000, '{"a": 1}'],
    "USER_AGENT": ["curl"],
    "X_CSRFTOKEN": ["a" * 32],
    "X_FORWARDED_FOR": ["127.0.0.1, evil"],
    "X_FORWARDED_HOST": ["evil.example"],
    "X_FORWARDED_PORT": ["99999"],
    "X_FORWARDED_PREFIX": [f"/<{MARK}>"],
    "X_FORWARDED_PROTO": ["https", "https,http"],
    "X_HTTP_METHOD_OVERRIDE": ["DELETE"],
    "X_ORIGINAL_URL": ["/admin/"],
    "X_REAL_IP": ["evil"],
    "X_REQUEST_ID": ["1"],
}
_METHODS = [
    "GET",
    "HEAD",
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
    "OPTIONS",
    "TRACE",
    "CONNECT",
    "PROPFIND",
    "GETX",
    "get",
]
_BODIES = [
    b"",
    b"a=b",
    b"\xff" * 999,
    b"a&" * 2_000,
    b"x" * 3_000_000,
    b"--x\r\nContent-Disposition: form-data; name=a\r\n",
]
_TYPES = [
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "a/b; charset=x",
    "",
    "x",
]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """As it is sent: path and query are percent-encoded, or not at all."""

    path: str
    query: str = ""
    method: str = "GET"
    headers: dict = field(default_factory=dict)
    body: bytes = b""
    content_type: str = ""

    def __repr__(self):
        said = ", ".join(f"{name}={_short(value)}" for name, value in vars(self).items() if value)
        return f"Asked({said})"

    @property
    def environ(self):
        """As PEP 3333 has it, and gunicorn makes it."""
        return {
            "REQUEST_METHOD": self.method,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(self.path).decode("latin-1"),
            "QUERY_STRING": self.query,
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_TYPE": self.content_type,
            "CONTENT_LENGTH": str(len(self.body)),
            "HTTP_HOST": "testserver",
            **{f"HTTP_{name}": value for name, value in self.headers.items()},
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(self.body),
            "wsgi.errors": BytesIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }


def _short(value):
    text = repr(value)
    return text if len(text) < 300 else f"{text[:300]}… ({len(text):,} characters)"


def _headers():
    one = st.sampled_from(sorted(HEADERS)).flatmap(
        lambda name: st.tuples(st.just(name), st.sampled_from(HEADERS[name] + _JUNK))
    )
    return st.lists(one, max_size=4).map(dict)


def requests(read):
    """read: {pattern of an address: names of the parameters that its view reads}"""
    of_the_site = st.sampled_from(sorted(read)).flatmap(
        lambda route: st.tuples(paths_of(route), queries(read[route]))
    )
    asked = often(of_the_site, st.tuples(other_paths(), queries(PARAMETERS)))
    plain = asked.map(lambda said: Asked(path=f"/{said[0]}", query=_joined(said[1])))
    odd = st.builds(
        replace,
        plain,
        method=st.sampled_from(_METHODS),
        headers=_headers(),
        body=st.sampled_from(_BODIES),
        content_type=st.sampled_from(_TYPES),
    )
    return often(st.one_of(plain, st.builds(replace, plain, headers=_headers())), odd)


def _joined(pairs):
    return "&".join(f"{name}={value}" for name, value in pairs)
