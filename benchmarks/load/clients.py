"""A process of clients, by Locust. Reads a plan from standard input, writes what was answered to standard output.

A process of its own, since Locust replaces what the standard library does with sockets. `driving.py` starts it.
"""

import html
import json
import random
import re
import resource
import sys
import time

import gevent
from locust import FastHttpUser, task
from locust.env import Environment
from locust.exception import StopUser

PATIENCE = 60  # seconds that a client waits for an answer; who waits at the end of the plan gets his


class Client(FastHttpUser):
    abstract = True
    network_timeout = connection_timeout = PATIENCE
    max_retries = 0
    numbers = iter(range(10**9))

    def on_start(self):
        self.random = random.Random(next(self.numbers))  # the same pages in each run
        self.position = self.random.randrange(len(self.crowd["pages"]))
        self.come_back_to = None
        gevent.sleep(self.crowd["think"] * self.random.random())  # a class does not open the site in one instant

    def wait_time(self):
        return self.crowd["think"] * self.random.uniform(0.5, 1.5)

    @task
    def ask(self):
        if self.crowd["answers"] is not None:
            if self.crowd["answers"] <= 0:
                raise StopUser
            self.crowd["answers"] -= 1
        page = self.come_back_to or self._next_page()
        started = time.time()
        with self.client.get(page, catch_response=True) as response:
            response.success()  # judged by who reads what is written
        retry_after = (response.headers or {}).get("Retry-After")
        ANSWERS.append(
            {
                "crowd": self.crowd["name"],
                "page": page,
                "status": response.status_code,
                "started": started,
                "seconds": time.time() - started,
                "retry_after": retry_after,
                "came_back": self.come_back_to is not None,
            }
        )
        self.come_back_to = None
        if response.status_code == 503 and retry_after and self.crowd["obeys"]:
            again = AGAIN.search(response.text or "")  # as a browser does: by the link on the page
            self.come_back_to = html.unescape(again[1]) if again else page
            gevent.sleep(int(retry_after))

    def _next_page(self):
        """In order, for a flood and for runs, so that each page is asked for as often; else by chance."""
        pages = self.crowd["pages"]
        if not self.crowd["in_order"]:
            return self.random.choice(pages)
        self.position = (self.position + 1) % len(pages)
        return pages[self.position]


ANSWERS = []
AGAIN = re.compile(r'class="button" href="([^"]+)">Try again')


def main(plan):
    users = [
        type(f"Client{number}", (Client,), {"crowd": crowd, "fixed_count": crowd["users"]})
        for number, crowd in enumerate(plan["crowds"])
    ]
    environment = Environment(user_classes=users, host=plan["address"], stop_timeout=PATIENCE)
    runner = environment.create_local_runner()
    began, used = time.time(), _cpu_seconds()
    count = sum(crowd["users"] for crowd in plan["crowds"])
    runner.start(count, spawn_rate=count)
    until = began + plan["seconds"]
    while time.time() < until and (runner.user_count or not ANSWERS):
        gevent.sleep(0.05)
    ended = time.time()
    spent = {"began": began, "seconds": ended - began, "cpu_seconds": _cpu_seconds() - used}
    runner.quit()
    json.dump({**spent, "answers": ANSWERS}, sys.stdout)


def _cpu_seconds():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main(json.load(sys.stdin))
