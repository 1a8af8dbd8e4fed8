"""What the site costs, and what it withstands, as ratios in one run: machines are noisy, ratios less so."""

from pathlib import Path

LESSON = "n_plus_one/forward_foreign_key"
BOOKS = 1_000


def shelf_file(data_dir):
    """The path of SQLite's shelf of BOOKS; the newest, where an upgrade has left an older one."""
    files = Path(data_dir, "shelves", "sqlite").glob(f"{BOOKS}-*.sqlite3")
    return max(files, key=lambda file: file.stat().st_mtime)
