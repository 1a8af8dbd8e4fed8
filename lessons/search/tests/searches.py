"""What people search for, and the lesson that they must be shown."""

from pathlib import Path

_LINES = Path(__file__).with_name("searches.txt").read_text(encoding="utf-8").splitlines()
SEARCHES = [line.split("\t") for line in _LINES if line and not line.startswith("#")]
MOST = 3  # results that a reader looks at
