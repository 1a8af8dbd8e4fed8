import zipfile

from django.core.management import call_command

from lab.engines import get_engine
from lab.shelves import Shelf
from lessons.challenge.shelves import SEEDS
from lessons.course.contract import SIZES
from library import seeding


def packed(path):
    call_command("pack_shelves", path)
    return path.read_bytes()


def test_shelves_are_packed_and_found_where_they_are_unpacked(databases, settings, tmp_path):
    data = packed(tmp_path / "shelves.zip")
    settings.DATA_DIR = tmp_path
    folder = get_engine("sqlite").folder
    with zipfile.ZipFile(tmp_path / "shelves.zip") as archive:
        archive.extractall(folder)
        assert {each.compress_type for each in archive.infolist()} == {zipfile.ZIP_STORED}
    seeds = {books: Shelf(books=books).seed() for books in get_engine("sqlite").sizes()}
    assert seeds == {**dict.fromkeys(SIZES, seeding.SEED), **SEEDS}
    assert all(Shelf(books=books).is_current() for books in seeds)
    assert packed(tmp_path / "again.zip") == data
