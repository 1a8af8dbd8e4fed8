import pytest

from lessons.course.guess import ASKS
from lessons.words.gains import BANDS, KINDS, in_band, off_by


def test_all_that_can_be_asked_for_has_words():
    assert set(KINDS) == set(ASKS)


@pytest.mark.parametrize(
    ("asks", "value", "told"),
    [
        ("queries", 1, "1 query"),
        ("rows", 1_001, "1,001 rows fetched"),
        ("memory", 2_500_000, "2.50 MB at the peak"),
        ("time", 12_300_000, "12.3 ms"),
    ],
)
def test_figure_is_told_with_its_unit(asks, value, told):
    assert KINDS[asks].told(value) == told


@pytest.mark.parametrize(
    ("guess", "answer", "said"),
    [
        (100, 101, "one more than you said"),
        (102, 101, "one fewer than you said"),
        (90, 101, "11 more than you said"),
        (10, 1_001, "100 times what you said"),
        (1_001, 1, "1,001 times fewer than you said"),
        (0, 7, "7 more than you said"),
    ],
)
def test_guess_is_told_how_far_off_it_is(guess, answer, said):
    assert off_by(guess, answer) == said


@pytest.mark.parametrize(
    ("ratio", "bands"),
    [
        (0.5, {"same"}),
        (1.0, {"same"}),
        (1.6, {"same", "few"}),
        (2.2, {"few"}),
        (3.1, {"few", "some"}),
        (5, {"some"}),
        (40, {"many"}),
    ],
)
def test_ratio_near_an_edge_is_in_both_bands(ratio, bands):
    assert {name for name in BANDS if in_band(name, ratio)} == bands
