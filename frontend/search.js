// <site-search>: the form within finds as you type. / brings the reader to its field, the arrows choose among the
// results, Enter opens the chosen one or submits the form, Escape closes the list.
// What is searched, and what searches it, are loaded once the field has the focus: few who read a page search. Until then,
// and where it fails, there is the form.

import { describe, make, showResults } from "./results.js";
import { isShortcut } from "./shortcuts.js";

const MOST = 8; // results

class SiteSearch extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    this.list = make("div");
    this.list.id = `${this.input.id}-results`;
    this.list.role = "listbox";
    this.list.ariaLabel = "Results";
    this.nothing = make("div", "found-nothing");
    this.told = make("p", "visually-hidden");
    this.told.role = "status";
    this.panel = make("div", "found", this.list, this.nothing);
    this.append(this.panel, this.told);
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-controls": this.list.id,
      "aria-keyshortcuts": "/",
      placeholder: "Search ( / )",
    })) this.input.setAttribute(name, value);
    this.close();
    this.listen();
    this.answer();
  }

  disconnectedCallback() {
    this.gone.abort();
    this.panel.remove();
    this.told.remove();
  }

  listen() {
    this.gone = new AbortController();
    const { signal } = this.gone;
    this.input.addEventListener("focus", () => this.load(), { signal });
    this.input.addEventListener("input", () => this.show(), { signal });
    this.input.addEventListener("click", () => this.show(), { signal });
    this.input.addEventListener("keydown", (event) => this.press(event), { signal });
    this.addEventListener("focusout", (event) => this.contains(event.relatedTarget) || this.close(), { signal });
    // A click must not take the focus, or the list would be gone before the click is done.
    this.list.addEventListener("mousedown", (event) => event.preventDefault(), { signal });
    document.addEventListener("keydown", (event) => this.come(event), { signal });
  }

  // Where no server has answered what the address asks for, do it here.
  async answer() {
    const asked = new URLSearchParams(location.search).get("q")?.trim();
    if (!asked || this.input.value || location.pathname !== new URL(this.input.form.action).pathname) return;
    this.input.value = asked;
    const place = document.querySelector("[data-results]");
    const ranking = place && (await this.load());
    if (!ranking) {
      this.input.focus();
      this.show();
      return;
    }
    place.closest("main").querySelector("[name=q]").value = asked;
    const advice = this.querySelector("template").content.cloneNode(true);
    showResults(place, ranking, asked, { advice, near: (words) => this.near(words) });
  }

  come(event) {
    if (event.key !== "/" || !isShortcut(event)) return;
    event.preventDefault();
    this.input.focus();
    this.input.select();
  }

  load() {
    const { index, ranking } = this.dataset;
    const asked = () => fetch(index)
      .then((response) => (response.ok ? response.json() : Promise.reject(new Error(response.statusText))));
    this.loaded ??= Promise.all([import(ranking), asked()])
      .then(([{ Ranking }, made]) => new Ranking(made))
      .catch(() => { this.loaded = null; });
    return this.loaded;
  }

  async show() {
    const ranking = await this.load();
    const query = this.input.value.trim(); // as it is now: it may have changed while that came
    if (!ranking || !query || document.activeElement !== this.input) return this.close();
    const found = ranking.search(query, MOST);
    this.choose(null);
    this.list.replaceChildren(...found.map((result, i) => this.option(result, i)));
    this.nothing.replaceChildren(...(found.length ? [] : this.adviceOn(ranking.nearest(query))));
    this.list.hidden = !found.length;
    this.panel.hidden = false;
    this.input.ariaExpanded = String(found.length > 0);
    this.told.textContent = found.length ? `${found.length} found` : "Nothing found";
  }

  close() {
    this.panel.hidden = true;
    this.input.ariaExpanded = "false";
    this.told.textContent = "";
    this.choose(null);
  }

  option(result, i) {
    const option = make("a", "", ...describe(result));
    const { url } = result;
    Object.assign(option, { id: `${this.list.id}-${i}`, href: url, role: "option", tabIndex: -1, ariaSelected: "false" });
    return option;
  }

  // Where to look instead, which the page says, and words that are there.
  adviceOn(words) {
    return [this.querySelector("template").content.cloneNode(true), ...this.near(words)];
  }

  near(words) {
    const links = words.map((word) => {
      const link = make("a", "", word);
      link.href = `${this.input.form.action}?${new URLSearchParams({ q: word })}`;
      return link;
    });
    return links.length ? [make("p", "", "The nearest words: ", ...links.flatMap((link, i) => (i ? [", ", link] : [link])))] : [];
  }

  press(event) {
    const open = this.input.ariaExpanded === "true";
    if (event.key === "Escape" && !this.panel.hidden) {
      event.preventDefault(); // it would empty the field
      this.close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (open) this.move(event.key === "ArrowDown" ? 1 : -1);
      else this.show();
    } else if (event.key === "Enter" && this.chosen) {
      event.preventDefault();
      this.chosen.click();
    }
  }

  // Around, by way of none: that is the field itself.
  move(by) {
    const stops = [null, ...this.list.children];
    this.choose(stops.at((stops.indexOf(this.chosen) + by) % stops.length));
  }

  choose(option) {
    if (this.chosen) this.chosen.ariaSelected = "false";
    this.chosen = option;
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    option.ariaSelected = "true";
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }
}

customElements.define("site-search", SiteSearch);
