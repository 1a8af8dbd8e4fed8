from threading import Thread

from django.db import DatabaseError, connection


def lose_connection():
    """What a restart of the database, a failover or a firewall does: end this connection from the other side."""
    thread = Thread(target=_end, args=[connection.connection.info.backend_pid])
    thread.start()
    thread.join()


def download(response, *, lost_after):
    """The lines that reach the customer. The connection of the view is lost after so many."""
    received, is_lost = b"", False
    try:
        for part in response:
            received += part
            if not is_lost and received.count(b"\n") >= lost_after:
                lose_connection()
                is_lost = True
    except DatabaseError:
        pass  # the server logs it: the status was sent before the first line
    finally:
        response.close()
    return received.decode().splitlines()


def _end(pid):
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 2000)", [pid])
    finally:
        connection.close()
