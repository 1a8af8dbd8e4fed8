"""docs/performance.md is what `make performance` makes of docs/performance.json, and each figure has its peer."""

import re

import pytest

from benchmarks.figure import Figure, NotMeasured, at_most
from benchmarks.performance import GROUPS, KEPT, main, page
from benchmarks.table import measure, read
from tests.conftest import ROOT

DOCUMENT = KEPT.with_suffix(".md")
MEASURED = [(group.name, figure) for group in read(KEPT).values() for figure in group.figures]


def figure(name, means="It is fast.", **changes):
    return Figure(name=name, ours=3, peer=2, versus="a peer", unit="ms", means=means, **changes)


def test_document_is_made_of_what_was_measured():
    assert DOCUMENT.read_text() == page(read(KEPT)), "Make it anew: make performance"


@pytest.mark.parametrize(("group", "figure"), MEASURED, ids=lambda each: getattr(each, "name", each))
def test_figure_has_its_peer_its_unit_and_its_meaning(group, figure):
    assert figure.versus
    assert figure.unit
    assert figure.means.endswith(".")
    assert figure.ours >= 0
    assert figure.peer > 0


def test_groups_are_told_with_their_date_and_machine():
    assert MEASURED
    for group in read(KEPT).values():
        assert group.name in GROUPS
        assert f"{group.measured_at} UTC; {group.machine['cores']} cores" in DOCUMENT.read_text()


def test_document_names_no_machine_and_no_path():
    assert not re.search(r"(?<![\w.])/(tmp|home|work|root|var)/", KEPT.read_text() + DOCUMENT.read_text())


def test_readme_leads_to_the_document():
    assert "](docs/performance.md)" in (ROOT / "README.md").read_text()


def test_command_adds_what_was_measured_to_what_is_kept(tmp_path):
    results, kept = tmp_path / "table.json", tmp_path / "performance.json"
    measure("page", [figure("an older page")], into=kept)
    measure("races", [figure("an older race")], into=kept)
    measure("races", [figure("a race", goal=at_most(1)), NotMeasured(name="another", why="off")], into=results)
    main(results, kept)
    text = kept.with_suffix(".md").read_text()
    assert "| an older page | 1.50 |" in text
    assert "an older race" not in text
    assert "| a race | 1.50 | ≤ 1: **missed** | 3.00 ms | a peer | 2.00 ms |" in text
    assert "not measured: off" in text


def test_meaning_of_many_figures_is_told_once(tmp_path):
    kept = tmp_path / "performance.json"
    measure("page", [figure(f"paint, {number}", "Soon.") for number in range(3)], into=kept)
    text = page(read(kept))
    assert text.count("Soon.") == 1
    assert "- **paint, each.** Soon." in text
