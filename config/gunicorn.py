"""gunicorn's settings, for whoever serves the site: gunicorn config.wsgi --config config/gunicorn.py --bind …

WEB_CONCURRENCY and WEB_THREADS, of the environment, choose the number of workers and of each one's threads.
"""

import os
import signal

workers = int(os.environ.get("WEB_CONCURRENCY", 2))
threads = int(os.environ.get("WEB_THREADS", 16))
worker_class = "gthread"

# Seconds. A stop is over within the ten that `docker stop` waits: config.ending lets runs have three of them.
graceful_timeout = 7
timeout = 30  # in which a worker must give a sign of life; a request may take longer
keepalive = 75  # longer than a reverse proxy's idle connections to the site, so that it is the one that closes

limit_request_line = 4094
limit_request_fields = 64
limit_request_field_size = 8190

max_requests = 0  # memory stays flat, so no worker need be replaced
control_socket_disable = True

accesslog = "-"
# The time, what was asked but its query, how it ended, bytes, milliseconds, its id; nothing of the reader.
access_log_format = "%(t)s %(m)s %({queryshelf.path}e)s %(s)s %(b)s %(M)sms %({queryshelf.request_id}e)s"


def post_worker_init(worker):
    from config import ending

    def stop(number, frame):
        ending.begin()
        worker.handle_exit(number, frame)

    signal.signal(signal.SIGTERM, stop)
