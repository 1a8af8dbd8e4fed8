"""Every stylesheet is in a bundle or loaded, every class in it is given, and every rule stands in a layer."""

import re

import pytest
from pygments.token import STANDARD_TYPES

from tests.conftest import ROOT

FOREIGN = {*STANDARD_TYPES.values()}  # classes that Pygments gives
VALUES = {  # that templates take for a class
    "expected",
    *("show-naive", "show-optimized"),
    *("true", "false", "it-depends"),
    *("occurs", "aborts", "prevented", "for-reads-only"),
    "delete",
    "edge",  # by Graphviz, in the diagram of the models
}
LOADED = {path.name: path.read_text() for path in sorted((ROOT / "static" / "css").glob("*.css"))}
BUNDLES = {path.stem: path.read_text() for path in sorted((ROOT / "static" / "css" / "bundles").glob("*.css"))}
TEXTS = LOADED | {
    path.name: path.read_text() for path in (ROOT / "frontend").rglob("*.css")
}  # that a script adopts
RULES = {name: re.sub(r'/\*.*?\*/|"[^"]*"', "", text, flags=re.DOTALL) for name, text in TEXTS.items()}
TEMPLATES = [path.read_text() for path in (ROOT / "templates").rglob("*.html")]
SCRIPTS = [path.read_text() for folder in ("static/js", "frontend") for path in (ROOT / folder).rglob("*.js")]


@pytest.fixture(scope="module")
def given():
    """The classes that templates, scripts and Python give; of “lane-{{ n }}”, its beginning."""
    scripted = {
        word for text in SCRIPTS for literal in re.findall(r'"([^"\n]*)"', text) for word in literal.split()
    }
    rooms = ("words", "course")
    modules = (path.read_text() for room in rooms for path in (ROOT / "lessons" / room).glob("*.py"))
    return VALUES.union(scripted, *map(_classes, [*TEMPLATES, *modules]))


def _classes(html):
    """The words in class attributes, and in the block that is one; those in a template's tags among them."""
    found = re.findall(r'class"?[=:] ?"((?:\{[{%].*?[%}]\}|[^"{])*)', html) + re.findall(
        r"block \w+_class %\}(.*?)\{%", html
    )
    return {word for text in found for word in re.findall(r"[\w-]+", re.sub(r"\{\{.*?\}\}", " ", text))}


@pytest.mark.parametrize("name", RULES)
def test_every_class_is_given(name, given):
    classes = set(re.findall(r"\.([A-Za-z_][\w-]*)", RULES[name])) - FOREIGN - given
    beginnings = tuple(word for word in given if re.fullmatch(r"[a-z]+-", word))  # in-, lane-
    beginnings += ("cm-", "tok-")  # that CodeMirror gives
    assert {css for css in classes if not css.startswith(beginnings)} == set()


def test_every_stylesheet_is_loaded():
    pages = (path.read_text() for path in (ROOT / "lessons" / "pages").rglob("*.py"))
    loaded = {name for text in (*TEMPLATES, *pages) for name in re.findall(r"""["']css/(\w+\.css)["']""", text)}
    assert loaded.union(*map(_imports, BUNDLES.values())) == set(LOADED)


def test_every_bundle_is_loaded():
    assert {name for text in TEMPLATES for name in re.findall(r'{% bundle "(\w+)" %}', text)} == set(BUNDLES)


@pytest.mark.parametrize("name", BUNDLES)
def test_bundle_is_its_imports_alone(name):
    imports = _imports(BUNDLES[name])
    assert len(imports) == len(set(imports)) > 1
    rest = re.sub(r'/\*.*?\*/|@import url\("\.\./\w+\.css"\)[^;"]*;', "", BUNDLES[name], flags=re.DOTALL)
    assert rest.strip() == ""


def test_pages_of_a_lesson_have_no_rule_of_the_site_twice():
    assert set(_imports(BUNDLES["site"])).isdisjoint(_imports(BUNDLES["lesson"]) + _imports(BUNDLES["overviews"]))


def _imports(bundle):
    return re.findall(r'@import url\("\.\./([\w.]+)"\)', bundle)


def test_every_token_is_used_and_made():
    made = {name: set(re.findall(r"[{;]\s*(--[\w-]+):", text)) for name, text in RULES.items()}
    used = {token for text in RULES.values() for token in re.findall(r"var\((--[\w-]+)", text)}
    assert made["tokens.css"] - used == set()
    assert used - set().union(*made.values()) == set()


@pytest.mark.parametrize("name", RULES)
def test_every_rule_stands_in_a_layer(name):
    """One outside would win over all within, whatever their selectors."""
    layers = re.search(r"@layer ([\w, ]+);", RULES["tokens.css"])[1].split(", ")
    begun = {line for line in RULES[name].splitlines() if re.match(r"[^\s}]", line) and not line.endswith(";")}
    assert begun
    assert begun - {f"@layer {layer} {{" for layer in layers} == set()


@pytest.mark.parametrize("name", TEXTS)
def test_stylesheet_is_taken_in_at_a_glance(name):
    assert len(TEXTS[name].splitlines()) <= 100


@pytest.mark.parametrize("name", RULES)
def test_list_without_markers_stays_a_list(name):
    """VoiceOver takes one of `list-style: none` for none; an empty string draws none too."""
    bare = re.findall(r"([^{}]+)\{[^{}]*list-style: none", RULES[name])
    assert [rule.strip() for rule in bare if "summary" not in rule] == []
