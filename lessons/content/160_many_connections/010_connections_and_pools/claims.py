from contextlib import suppress
from time import sleep

from django.core.exceptions import ImproperlyConfigured
from django.db import Error, close_old_connections, connection

from library.models import Book

KILL = {"postgresql": "SELECT pg_terminate_backend(pg_backend_pid())", "mysql": "KILL CONNECTION_ID()"}
SET = {"postgresql": "SET work_mem = '7MB'", "mysql": "SET @work_mem = '7MB'", "sqlite": "PRAGMA cache_size = 7"}
SHOW = {"postgresql": "SHOW work_mem", "mysql": "SELECT @work_mem", "sqlite": "PRAGMA cache_size"}


def each_query_opens_one(log):
    """Without `CONN_MAX_AGE`, each query opens a connection and closes it."""
    _restart(CONN_MAX_AGE=0)
    within = _is_reopened(between=lambda: None)
    return {
        "within a request": within,
        "in a command, which is no request": within,
        "from one request to the next": _is_reopened(between=close_old_connections),
    }


def it_is_closed_in_time(log):
    """With `CONN_MAX_AGE = 60`, a connection is closed after 60 seconds."""
    _restart(CONN_MAX_AGE=0.01)
    Book.objects.exists()
    sleep(0.02)
    idle = connection.connection is None
    Book.objects.exists()
    asked = connection.connection is None
    close_old_connections()
    return {
        "while nobody asks anything": idle,
        "by the next query of the same request": asked,
        "at the next beginning or end of a request": connection.connection is None,
    }


def a_health_check_saves_the_request(log):
    """With `CONN_HEALTH_CHECKS`, no request fails because its connection is broken."""
    return {
        "broken between two requests, without the setting": _survives(checks=False, between=close_old_connections),
        "broken between two requests": _survives(checks=True, between=close_old_connections),
        "broken within a request": _survives(checks=True, between=lambda: None),
    }


def each_request_begins_anew(log):
    """What one request sets in its session is gone in the next one."""
    return {
        "`CONN_MAX_AGE = 0`": _forgets(CONN_MAX_AGE=0),
        "`CONN_MAX_AGE = 60`": _forgets(CONN_MAX_AGE=60),
    }


def a_pool_keeps_them_too(log):
    """Set `"pool": True` together with `CONN_MAX_AGE`, to keep connections."""
    pooled = connection.copy()
    pooled.settings_dict["OPTIONS"]["pool"] = True
    pooled.settings_dict["CONN_MAX_AGE"] = 60
    try:
        pooled.ensure_connection()
    except (ImproperlyConfigured, TypeError):
        return False
    return True


def _restart(**settings):
    connection.close()
    connection.settings_dict.update(settings)


def _is_reopened(between):
    Book.objects.exists()
    driver = connection.connection
    between()
    Book.objects.exists()
    return connection.connection is not driver


def _survives(*, checks, between):
    _restart(CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=checks)
    Book.objects.exists()
    _break()
    connection.errors_occurred = False  # as when nobody has asked since
    between()
    try:
        return Book.objects.exists()
    except Error:
        return False


def _break():
    """As when the server is restarted, or ends a connection that was idle for too long."""
    if connection.vendor == "sqlite":  # has no server
        connection.connection.close()
    else:
        with suppress(Error), connection.cursor() as cursor:
            cursor.execute(KILL[connection.vendor])


def _forgets(**settings):
    _restart(**settings)
    before = _setting()
    with connection.cursor() as cursor:
        cursor.execute(SET[connection.vendor])
    close_old_connections()
    return _setting() == before


def _setting():
    with connection.cursor() as cursor:
        cursor.execute(SHOW[connection.vendor])
        return cursor.fetchone()
