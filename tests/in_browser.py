"""Python in a real Chromium's cage, asked by a test as a page asks it."""

from contextlib import contextmanager
from pathlib import Path

PACKED = Path(__file__).parent.parent / "static" / "build" / "python"
FILES = {
    "pyodide.asm.wasm": "pyodide.wasm",
    "python_stdlib.zip": "stdlib.pack",
    "packages": "packages.pack",
    "site": "site.pack",
    "shelves": "shelves.pack",
}
START = """async ({ at, files }) => {
  const { Runtime } = await import("/static/build/runtime.js");
  const listed = Object.entries(files).map(([name, file]) => ({ name, url: at + file, bytes: 0 }));
  window.runtime = new Runtime({ cage: `${at}cage.html`, worker: { url: `${at}worker.js`, bytes: 0 }, files: listed });
  await window.runtime.start();
}"""
_ASK = """async ([message, seconds]) => {
  try {
    return await window.runtime.ask(message, { seconds });
  } catch (error) {
    return { ended: error.why, message: error.message };
  }
}"""


@contextmanager
def started(page, site):
    """Yield ask(message, seconds=60), which returns the reply, or {"ended": why, "message": text}."""
    page.goto(f"{site}/summary/")
    page.evaluate(START, {"at": "/static/build/python/", "files": FILES})

    def ask(message, seconds=60):
        return page.evaluate(_ASK, [message, seconds])

    yield ask
    page.evaluate("window.runtime.stop()")
