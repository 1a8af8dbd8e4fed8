"""What the course set out from: the techniques that its literature teaches, and what tutorials say.

A lesson names them by the ids of literature.toml, in `covers` and as the `id` of a claim, if they are among them.
"""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).with_name("literature.toml")


@dataclass(frozen=True, kw_only=True)
class CommonClaim:
    says: str
    verdict: str  # what was measured: "true", "false", "it depends", or "untested"
    page: str = ""  # URL name of the page that puts it to the test, where no lesson does


@dataclass(frozen=True, kw_only=True)
class Literature:
    techniques: dict[str, str]  # id: what it is
    claims: dict[str, CommonClaim]  # by id


@lru_cache
def get_literature() -> Literature:
    declared = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    claims = {id: CommonClaim(**claim) for id, claim in declared["claims"].items()}
    return Literature(techniques=declared["techniques"], claims=claims)
