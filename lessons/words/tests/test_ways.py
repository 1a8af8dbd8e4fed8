import pytest

from lessons.words.ways import by_way_of


@pytest.mark.parametrize(
    "way, told",
    [
        ((), ""),
        (("Page",), "by way of Page"),
        (tuple("abcd"), "by way of a → b → c → d"),
        (tuple("abcdef"), "by way of a → … → e → f"),
    ],
)
def test_a_long_way_is_told_by_its_ends(way, told):
    assert by_way_of(way) == told
