"""Tells the lab when a reader leaves who waits for a page: the browser has closed the connection then.

Runs are stopped in the same way where the server itself stops, and the reader is told.

A reverse proxy closes its own connection to the site when its reader leaves (nginx, unless
`proxy_ignore_client_abort` is on). Where there is no socket to look at, nobody is ever taken to have left.
"""

import socket
from ssl import SSLSocket

from django.http import HttpResponse

from config import ending
from lab.exceptions import Left
from lab.leaving import calling
from lessons.events import place_of, refused, tell
from lessons.pages.errors.sorry import sorry

SOCKET = "queryshelf.socket"  # in the environ of config.management.commands.runserver
_SOCKETS = ("gunicorn.socket", SOCKET)
_LOOK = socket.MSG_PEEK | getattr(socket, "MSG_DONTWAIT", 0)  # Windows has no such look


def attended(get_response):
    """Middleware, the last of all: what a view raises then is no answer of a page to any other."""

    def answer(request):
        connection = next((request.META[name] for name in _SOCKETS if name in request.META), None)
        if connection is None or isinstance(connection, SSLSocket) or not hasattr(socket, "MSG_DONTWAIT"):
            return get_response(request)
        try:
            with calling(lambda: ending.is_over() or has_closed(connection)):
                return get_response(request)
        except Left as error:
            if ending.is_over():
                response = sorry(request, ending.SAID, 503, retry_after=ending.RETRY_AFTER)
                refused(request, response, error, why="the server stops")
                return response
            tell("left", **place_of(request))
            return HttpResponse(status=499, reason="Stopped, since the reader has left")  # the status is nginx's

    return answer


def has_closed(connection):
    """Whether the other side has closed a socket. Data that wait to be read, as of a next request, stay there."""
    try:
        return connection.recv(1, _LOOK) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True
