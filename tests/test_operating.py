"""docs/operating.md is held to what the site says: its events, its figures, its faults."""

import ast
import re

from tests.conftest import ROOT

TEXT = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
SOURCES = {
    path: path.read_text(encoding="utf-8")
    for room in ("config", "lab", "lessons")
    for path in (ROOT / room).rglob("*.py")
    if not {"tests", "content"} & set(path.parts)
}
OF_DJANGO = "Internal Server Error"


def rows(heading):
    """The cells of a table of a section, a list a row."""
    section = TEXT.split(f"## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| ")]
    return [
        [cell.strip() for cell in line.strip("|").split(" | ")] for line in lines if not line.startswith("| ---")
    ]


def told():
    """The events that the code tells, by the text of its calls."""
    for text in SOURCES.values():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "tell":
                for each in ast.walk(node.args[0]):
                    if isinstance(each, ast.Constant):
                        yield each.value


def test_every_event_is_explained_and_no_other():
    explained = {row[0].strip("`") for row in rows("The log")[1:]}
    assert explained - {OF_DJANGO} == set(told())


def test_every_figure_is_explained_and_no_other():
    text = SOURCES[ROOT / "config" / "insight" / "figures.py"]
    named = re.findall(r"(\w*)\(\s*\"(queryshelf_\w+)\"", text)
    named += [("", name) for name in re.findall(r"GaugeMetricFamily, \"(queryshelf_\w+)\"", text)]
    names = {f"{name}_total" if kind in ("Counter", "CounterMetricFamily") else name for kind, name in named}
    assert {row[0].strip("`") for row in rows("Figures")[1:]} == names


def test_faults_are_quoted_as_the_site_says_them():
    faults = re.findall(r"`([^`/]+)`", " ".join(row[0] for row in rows("Two probes")[4:]))
    assert len(faults) >= 8
    code = "\n".join(SOURCES.values())
    assert [fault for fault in faults if fault not in code] == []
