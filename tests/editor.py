"""The editor of a challenge on a page in Chromium, as a script of the site would put it there."""

import pytest

from tests.conftest import ROOT

BUILT = pytest.mark.skipif(
    not (ROOT / "static/build/editor.js").exists() or not (ROOT / "static/build/editor_models.json").exists(),
    reason="the editor is not built: make static/build/editor.js static/build/editor_models.json",
)
PAGE = "/lessons/n_plus_one/forward_foreign_key/naive/?books=10"
CODE = ".cm-content"
_OPEN = """async (text) => {
  const { createEditor } = await import("/static/build/editor.js");
  const models = await (await fetch("/static/build/editor_models.json")).json();
  const parent = document.createElement("section");
  document.querySelector("#lab").prepend(parent);
  Object.assign(window, { ran: [], changed: [], parent });
  const onRun = (text) => window.ran.push(text);
  const onChange = (text) => window.changed.push(text);
  window.editor = createEditor({ parent, text, label: "Your code", onRun, onChange, models });
}"""
_OFFERS = """() => Object.fromEntries([...document.querySelectorAll(".cm-tooltip-autocomplete li")].map((item) =>
  [".cm-completionLabel", ".cm-completionDetail"].map((css) => item.querySelector(css)?.textContent ?? "")))"""
_OFFERED = 1500  # ms, within which offers come


def open_editor(page, site, text=""):
    page.goto(f"{site}{PAGE}")
    page.evaluate(_OPEN, text)
    page.locator(CODE).click()
    return page


def write(page, code):
    """Let the editor have the code, with the cursor at its “|”."""
    before, _, after = code.partition("|")
    page.evaluate("text => { editor.setText(text); editor.focus() }", before + after)
    page.keyboard.press("Control+End")
    for _ in after:
        page.keyboard.press("ArrowLeft")


def offered(page, code):
    """What is offered at the “|” of the code, when asked for: {name: what stands beside it}."""
    write(page, code)
    page.keyboard.press("Control+Space")
    return shown_offers(page)


def shown_offers(page):
    from playwright.sync_api import TimeoutError

    try:
        page.wait_for_selector(".cm-tooltip-autocomplete li", timeout=_OFFERED)
    except TimeoutError:
        return {}
    return page.evaluate(_OFFERS)
