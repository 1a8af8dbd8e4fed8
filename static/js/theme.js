// How the page looks, set before it is drawn: light, dark, or as the system says, kept in this browser; and large, on a
// projector, kept in this tab.

(() => {
  const THEMES = ["system", "light", "dark"];
  const root = document.documentElement;

  // A value that the storage keeps. Where the browser keeps nothing, it holds for this page.
  const kept = (storage, name, otherwise) => {
    let value = otherwise;
    try {
      value = window[storage].getItem(name) ?? value;
    } catch {}
    return {
      get: () => value,
      set: (now) => {
        value = now;
        try {
          window[storage].setItem(name, value);
        } catch {}
      },
    };
  };

  const theme = kept("localStorage", "theme", "system");
  const projector = kept("sessionStorage", "projector", "off");

  const paint = (as) => {
    if (as === "system") delete root.dataset.theme;
    else root.dataset.theme = as;
    root.dispatchEvent(new Event("themechange"));
  };
  paint(theme.get());

  const project = (as) => {
    projector.set(as);
    root.dataset.projector = as;
  };
  // A teacher's link turns it on, and says it no more: what turns it off holds when the page is loaded again.
  const address = new URL(location);
  if (address.searchParams.get("projector") === "1") {
    projector.set("on");
    address.searchParams.delete("projector");
    history.replaceState(history.state, "", address);
  }
  project(projector.get());

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector("button.theme");
    const label = () => {
      button.textContent = `Theme: ${theme.get()}`;
    };
    button.hidden = false;
    label();
    button.addEventListener("click", () => {
      theme.set(THEMES[(THEMES.indexOf(theme.get()) + 1) % THEMES.length]);
      paint(theme.get());
      label();
    });
    document.querySelector("button.projector")?.addEventListener("click", () => {
      project(projector.get() === "on" ? "off" : "on");
      scrollTo(0, 0);
    });
  });

  // Paper is white, and so are the charts on it.
  addEventListener("beforeprint", () => paint("light"));
  addEventListener("afterprint", () => paint(theme.get()));
})();
