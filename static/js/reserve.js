// Before anything is drawn: keeps the place of what frontend/progress.js will show, so that nothing moves.

(() => {
  const { dataset } = document.documentElement;
  dataset.scripts = "";
  try {
    const { version, lessons, last, set } = JSON.parse(localStorage.getItem("queryshelf-progress"));
    if (version !== 1) return;
    if (last || Object.keys(lessons).length) dataset.kept = "";
    if (set.lessons.some(({ path }) => location.pathname.includes(`/${path}/`))) dataset.walks = "";
  } catch {
    // Nothing is kept, or it cannot be read.
  }
})();
