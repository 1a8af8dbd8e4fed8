// Light, dark, or as the system says: kept in this browser, and set before the page is drawn.

(() => {
  const THEMES = ["system", "light", "dark"];
  const root = document.documentElement;
  let theme = "system";
  try {
    theme = localStorage.getItem("theme") ?? theme;
  } catch {
    // A browser that keeps nothing: as the system says, until the reader chooses.
  }

  const show = () => {
    if (theme === "system") delete root.dataset.theme;
    else root.dataset.theme = theme;
    root.dispatchEvent(new Event("themechange"));
  };
  show();

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector("button.theme");
    const label = () => {
      button.textContent = `Theme: ${theme}`;
    };
    button.hidden = false;
    label();
    button.addEventListener("click", () => {
      theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
      try {
        localStorage.setItem("theme", theme);
      } catch {
        // It holds for this page.
      }
      show();
      label();
    });
  });
})();
