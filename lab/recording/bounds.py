from dataclasses import dataclass
from typing import NoReturn

from lab.exceptions import BoundReached


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """What one recorded run may cost before it is stopped."""

    queries: int = 20_000
    rows: int = 1_000_000  # fetched from the database, or returned by the run
    seconds: float = 10.0

    def stop_at_queries(self) -> NoReturn:
        raise BoundReached(f"stopped after {self.queries:,} statements")

    def stop_at_rows(self) -> NoReturn:
        raise BoundReached(f"stopped after {self.rows:,} rows")

    def stop_at_seconds(self) -> NoReturn:
        raise BoundReached(f"stopped after {self.seconds:g} seconds")
