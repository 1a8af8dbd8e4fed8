"""What is no HTTP, or HTTP that tries to be two things, sent to the server that the site runs on."""

import socket
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import free_port, gunicorn, serve
from tests.fuzz.judging import judge_log

_HANGS = 60  # seconds
_HALF_SENT = 40  # connections: more than the threads of all workers
GET = b"GET /glossary/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
POST = b"POST /glossary/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"


def get(path):
    return b"GET " + path + b" HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"


def also(header):
    return GET[:-2] + header + b"\r\n\r\n"


REQUESTS = {
    "an encoded slash": (get(b"/lessons/n_plus_one%2fforward_foreign_key/"), {200, 404}),
    "a walk up": (get(b"/static/..%2f..%2f..%2fetc/passwd"), {404}),
    "a plain walk up": (get(b"/static/../../config/settings.py"), {404}),
    "an encoded NUL": (get(b"/%00/"), {404}),
    "a NUL": (get(b"/\x00/"), {400}),
    "an escape sequence": (get(b"/\x1b[31m/"), {400}),
    "an encoded escape sequence": (get(b"/%1b[31m%0d%0ared/"), {404}),
    "no UTF-8": (get(b"/%ff%fe/"), {404}),
    "no ASCII": (get(b"/\xff/"), {400}),
    "two slashes": (get(b"//evil.example/glossary/"), {404}),
    "two slashes without the last": (get(b"//evil.example/.."), {301, 404}),
    "an address of another host": (get(b"http://evil.example/glossary/"), {200, 400}),
    "an address that cannot be read": (get(b"http://[/"), {400}),
    "a long address": (get(b"/" + b"x" * 3_000), {404}),
    "a very long address": (get(b"/" + b"x" * 100_000), {400, 414, None}),
    "a number of thousands of digits": (get(b"/lessons/n_plus_one/none/naive/plan/" + b"9" * 3_900 + b"/"), {404}),
    "every address": (b"OPTIONS * HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", {200, 400, 404, 405}),
    "a tunnel": (b"CONNECT evil.example:80 HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", {400, 404, 405}),
    "HTTP/2": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", {400, 505}),
    "HTTP/0.9": (b"GET /glossary/\r\n\r\n", {400}),
    "HTTP/9.9": (GET.replace(b"/1.1", b"/9.9"), {400, 505}),
    "TLS": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(256)), {400}),
    "bare newlines": (GET.replace(b"\r\n", b"\n"), {400, None}),
    "no words": (b"\r\n\r\n\r\n", {400, None}),
    "a method of no kind": (GET.replace(b"GET", b"gEt\x07"), {400}),
    "a long method": (GET.replace(b"GET", b"G" * 5_000), {400, 414}),
    "no host": (b"GET /glossary/ HTTP/1.1\r\nConnection: close\r\n\r\n", {200, 400}),
    "an empty host": (GET.replace(b"127.0.0.1", b""), {400}),
    "another host": (GET.replace(b"127.0.0.1", b"evil.example"), {400}),
    "two hosts": (also(b"Host: evil.example"), {400}),
    "a host of terminal escapes": (GET.replace(b"127.0.0.1", b"\x1b[31m"), {400}),
    "a header with a NUL": (also(b"X-A: \x00"), {400}),
    "a header without a colon": (also(b"X-A"), {400}),
    "a header on two lines": (also(b"X-A: a\r\n b"), {400}),
    "a space before the colon": (also(b"X-A : a"), {400}),
    "a header with a carriage return": (also(b"X-A: a\rSet-Cookie: b"), {400}),
    "escapes in what a browser says of itself": (also(b"User-Agent: \x1b]0;x\x07\r\nReferer: \x1b[2J"), {200, 400}),
    "many headers": (also(b"\r\n".join(b"X-%d: 1" % n for n in range(500))), {400, 431, None}),
    "a long header": (also(b"X-A: " + b"a" * 100_000), {400, 431, None}),
    "a long cookie": (also(b"Cookie: " + b"a=b;" * 1_900), {200}),
    "a prefix of the site's address": (also(b"SCRIPT_NAME: /elsewhere"), {200, 400}),
    "a path in a header": (also(b"PATH_INFO: /admin/"), {200, 400}),
    "an underscore in a header": (also(b"X_FORWARDED_HOST: evil.example"), {200, 400}),
    "TLS or not": (also(b"X-Forwarded-Proto: https\r\nX-Forwarded-Ssl: off"), {400}),
    "two lengths": (POST + b"Content-Length: 3\r\nContent-Length: 5\r\n\r\na=bcd", {400}),
    "a length and chunks": (POST + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", {400}),
    "a negative length": (POST + b"Content-Length: -1\r\n\r\n", {400}),
    "a length of many digits": (POST + b"Content-Length: " + b"9" * 5_000 + b"\r\n\r\n", {400}),
    "a length that does not come": (POST + b"Content-Length: 9999999\r\n\r\na", {400, 403, 405, None}),
    "a chunk of no size": (POST + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n", {400, 403, 405, None}),
    "a chunk of a great size": (POST + b"Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\na", {400, 403, 405, None}),
    "an encoding of no kind": (POST + b"Transfer-Encoding: gzip, identity\r\n\r\n", {400, 501}),
    "a large body": (POST + b"Content-Length: 5000000\r\n\r\n" + b"a" * 5_000_000, {400, 403, 405, None}),
    "something expected": (also(b"Expect: x" * 9), {200, 400, 417}),
    "another protocol": (also(b"Upgrade: h2c, websocket\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: !"), {200, 400}),
    "junk in what a browser has": (also(b'If-None-Match: "\r\nIf-Modified-Since: \xff\r\nRange: bytes=9-1,-'), {200}),
    "junk in what a browser takes": (also(b"Accept-Encoding: ;q=gzip,,,*;q=nan\r\nAccept: \xff"), {200}),
}  # fmt: skip


class Server:
    def __init__(self, url, log):
        self.url = url
        self.address = urlsplit(url).hostname, urlsplit(url).port
        self._log = log
        self._read = 0

    def connect(self):
        return socket.create_connection(self.address, timeout=_HANGS)

    def send(self, data):
        """Return the status of the answer, None where the server only closes the connection."""
        answer = b""
        with self.connect() as connection:
            try:
                connection.sendall(data)
                connection.shutdown(socket.SHUT_WR)
                while some := connection.recv(65_536):
                    answer += some
            except OSError as error:  # it has had enough
                assert not isinstance(error, TimeoutError), f"no answer in {_HANGS} seconds"
        return int(answer[9:12]) if answer.startswith(b"HTTP/") else None

    def answers(self):
        return urllib.request.urlopen(f"{self.url}/glossary/", timeout=_HANGS).status == 200

    def new_lines(self):
        text = self._log.read_bytes().decode()
        new, self._read = text[self._read :], len(text)
        return new.split("\n")[:-1]


@pytest.fixture(scope="module")
def server(shelves, static_files, tmp_path_factory):
    log: Path = tmp_path_factory.mktemp("served") / "log"
    port = free_port()
    written = [
        "--access-logfile",
        str(log),
        "--error-logfile",
        str(log),
        "--capture-output",
        "--forwarder-headers",
        "",
    ]
    for url in serve([*gunicorn(port), *written], port):
        yield Server(url, log)


@pytest.mark.parametrize(("data", "statuses"), REQUESTS.values(), ids=REQUESTS)
def test_odd_request(server, data, statuses):
    assert server.send(data) in statuses
    assert server.answers()
    judge_log(server.new_lines())


def test_part_of_a_request(server):
    for length in range(0, len(GET), 5):
        server.send(GET[:length])
    assert server.answers()
    judge_log(server.new_lines())


def test_half_sent_requests_take_nothing_for_good(server):
    half_sent = [server.connect() for _ in range(_HALF_SENT)]
    for connection in half_sent:
        connection.sendall(GET[:-2])
    time.sleep(0.2)  # until threads have them
    for connection in half_sent:
        connection.close()
    assert server.answers()


@pytest.mark.soak
def test_bent_requests(server):
    """Pieces of odd requests in any order: no answer is an error of the site, and the server lives."""
    pieces = [
        line for data, _ in REQUESTS.values() if len(data) < 10_000 for line in data.splitlines(keepends=True)
    ]

    @settings(max_examples=3_000, deadline=None, database=None)
    @given(st.lists(st.one_of(st.sampled_from(pieces), st.binary(max_size=20)), max_size=8), st.booleans())
    def send(lines, ended):
        status = server.send(b"".join(lines) + (b"\r\n\r\n" if ended else b""))
        assert status is None or status < 500 or status in {501, 505}

    send()
    assert server.answers()
    judge_log(server.new_lines())
