"""The cache that all processes of a site share, such as Redis. Here it is in memory, and each run has its own."""

from collections import OrderedDict
from threading import Lock

from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.locmem import LocMemCache


class SharedCache(LocMemCache):
    """Django's cache in memory, without the name by which others would find it."""

    def __init__(self):
        BaseCache.__init__(self, {})
        self._cache, self._expire_info, self._lock = OrderedDict(), {}, Lock()


cache = SharedCache()
