// What a reader could trip over on a page, as lists of what is wrong. tests/look.py calls these in Chromium.
const isClipped = (element) => {
  const clipped = element.closest(".visually-hidden, thead");
  return clipped !== null && getComputedStyle(clipped).clipPath !== "none";
};
const seen = (element) => element.checkVisibility({ visibilityProperty: true }) && !isClipped(element);
const told = (element) => element.outerHTML.slice(0, 160);
const TARGETS = "a[href], button, summary, input:not([type=hidden]), select, textarea, [role=link], [role=button]";

// Whether a link is part of a line of text, so that the line gives its height.
const isInText = (target) => {
  if (getComputedStyle(target).display !== "inline") return false;
  let block = target.parentElement;
  while (getComputedStyle(block).display.startsWith("inline")) block = block.parentElement;
  const range = document.createRange();
  range.selectNodeContents(block);
  range.setEndBefore(target);
  const before = range.toString().trim();
  range.selectNodeContents(block);
  range.setStartAfter(target);
  const after = range.toString().trim();
  return (before !== "" && !/[.!?·]$/.test(before)) || (after !== "" && !/^[·→]/.test(after));
};

// What one aims at: of a field also its label, where that stands around it.
const areaOf = (target) => (target.closest("label") ?? target).getBoundingClientRect();

window.look = {
  smallTargets: (least = 24) =>
    [...document.querySelectorAll(TARGETS)]
      .filter((target) => seen(target) && !target.matches(".skip") && !isInText(target))
      .map((target) => [target, areaOf(target)])
      .filter(([, { width, height }]) => Math.min(width, height) < least - 0.01)
      .map(([target, { width, height }]) => `${Math.round(width)}×${Math.round(height)} ${told(target)}`),

  // Text that does not fit what holds it, and cannot be scrolled to.
  cutText: () =>
    [...document.querySelectorAll("body *")]
      .filter((element) => seen(element) && element.scrollWidth && element.textContent.trim())
      .filter((element) => {
        const style = getComputedStyle(element);
        const hides = (overflow) => ["hidden", "clip"].includes(overflow);
        if (style.textOverflow === "ellipsis") return false; // it says so, and leads to the whole
        if (style.clipPath !== "none" || style.webkitLineClamp !== "none" || element.closest("svg, .uplot, .cm-gutter")) return false;
        return (
          (hides(style.overflowX) && element.scrollWidth > element.clientWidth + 1) ||
          (hides(style.overflowY) && element.scrollHeight > element.clientHeight + 1)
        );
      })
      .map(told),

  // What stands in one row and covers its neighbour.
  overlaps: () =>
    [...document.querySelectorAll(".site-header, .site-nav, .breadcrumbs, .switches, .switch, .statement-head, .figures, .gain")].flatMap((row) => {
      const parts = [...row.children].filter((part) => seen(part) && part.offsetWidth);
      return parts.flatMap((part, at) =>
        parts.slice(at + 1).flatMap((other) => {
          const [a, b] = [part.getBoundingClientRect(), other.getBoundingClientRect()];
          const covers = Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
          return covers ? [`${told(part)} and ${told(other)}`] : [];
        }),
      );
    }),

  // Words that the button which copies them lies on.
  covered: () =>
    [...document.querySelectorAll(".copy")].filter(seen).flatMap((button) => {
      const b = button.getBoundingClientRect();
      const texts = document.createTreeWalker(button.parentElement, NodeFilter.SHOW_TEXT, (text) =>
        button.contains(text) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
      const range = document.createRange();
      while (texts.nextNode()) {
        range.selectNodeContents(texts.currentNode);
        const end = texts.currentNode.parentElement.closest(".many")?.getBoundingClientRect().bottom ?? Infinity; // the rest is folded
        const lies = (a) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom, end) - Math.max(a.top, b.top) > 1;
        if ([...range.getClientRects()].some(lies)) return [texts.currentNode.data.trim()];
      }
      return [];
    }),

  sideways: () => {
    const { scrollWidth } = document.documentElement;
    if (scrollWidth <= innerWidth) return [];
    const wide = [...document.querySelectorAll("body *")].filter((element) => {
      if (element.closest(".table-scroll, .matrix-scroll, .diagram, .uplot, .listing, .diff") || !seen(element)) return false;
      return element.getBoundingClientRect().right > innerWidth + 1;
    });
    return [`${scrollWidth} of ${innerWidth}`, ...wide.slice(-4).map(told)];
  },

  // What has the focus and does not show it, or lies under something else.
  hiddenFocus: () => {
    document.documentElement.style.scrollBehavior = "auto"; // there at once
    for (const menu of document.querySelectorAll(".menu[open]")) menu.open = false; // they lie over the page
    return [...document.querySelectorAll(TARGETS)]
      .filter((target) => seen(target) && target.tabIndex >= 0)
      .filter((target) => {
        document.activeElement.blur(); // or one that has the focus already would keep it as a click left it
        target.focus({ focusVisible: true });
        if (document.activeElement !== target) return false; // of a list that closed, or behind a dialog
        const { outlineStyle, outlineWidth } = getComputedStyle(target);
        const isOnTop = [...target.getClientRects()].some(({ left, top, width, height }) => {
          const there = document.elementFromPoint(left + width / 2, top + height / 2);
          return there && (target.contains(there) || there.contains(target));
        });
        return outlineStyle === "none" || parseFloat(outlineWidth) < 2 || !isOnTop;
      })
      .map(told);
  },

  // Of what is alike some is enough for axe, whose time grows faster than the page. All lines of code stay.
  leaveSome: (most = 4) => {
    const words = {};
    for (const word of document.querySelectorAll("code:not(:has(a)) span[class]:not(:has(*))")) {
      words[word.className] = (words[word.className] ?? 0) + 1;
      if (words[word.className] > most) word.replaceWith(word.textContent);
    }
    for (const parent of document.querySelectorAll("body *:not(tr, svg, svg *, .listing *, .diff, .diff *, .sql *, .cm-editor, .cm-editor *)")) {
      const count = {};
      for (const child of [...parent.children]) {
        const alike = `${child.tagName} ${child.className}`;
        count[alike] = (count[alike] ?? 0) + 1;
        if (count[alike] > most) child.remove();
      }
    }
  },

  // WCAG 1.4.12, by a stylesheet that the policy of the page does not forbid.
  space: () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }");
    document.adoptedStyleSheets.push(sheet);
  },
  unspace: () => { document.adoptedStyleSheets.pop(); },
};
