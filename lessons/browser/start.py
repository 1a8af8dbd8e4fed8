"""Begins, in the worker of the reader's browser: `import lessons.browser.start`."""

import os
import time

import django

time.thread_time = getattr(time, "thread_time", time.process_time)  # there is one thread
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lessons.browser.settings")
django.setup()
