"""Names of the ORM and its tools, in groups, each with where the official documentation tells of it."""

import tomllib
from functools import lru_cache
from pathlib import Path
from urllib.parse import urljoin

_FILE = Path(__file__).with_name("names.toml")
_DOCS = "https://docs.djangoproject.com/en/stable/"
OTHER = "Other names"


@lru_cache
def get_groups() -> dict[str, dict[str, str]]:
    """Return {group: {name: address}}, in the order of the file."""
    declared = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {
        group: {name: urljoin(_DOCS, path) for name, path in names.items()} for group, names in declared.items()
    }
