"""What becomes of the course where its folders change, or are broken, while the site runs."""

import logging
from typing import Any

from lessons.course import catalog
from lessons.course.catalog import get_catalog
from lessons.course.stamp import stamp_of

_logger = logging.getLogger(__name__)


def log_faults() -> None:
    """Name in the log what cannot be shown of the course."""
    for fault in get_catalog().faults:
        _logger.warning("Not shown: %s", fault)


def read_again(**kwargs: Any) -> None:
    """As a receiver of a signal: let the course be read anew if its files have changed."""
    if has_changed():
        get_catalog.cache_clear()
        log_faults()


def has_changed() -> bool:
    """Whether the files of the course are others than when it was read, or were written since."""
    return stamp_of(catalog.CONTENT) != get_catalog().stamp
