"""What the build made for the reader's browser, with its addresses and sizes."""

from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage

_BUNDLES = ("challenge", "challenge_desk", "editor", "play", "play_embed", "runtime")
_SCRIPTS = {name: f"build/{name}.js" for name in _BUNDLES}
_MODELS = "build/editor_models.json"
_CAGE, _WORKER = "build/python/cage.html", "build/python/worker.js"
# By the name that the worker knows each by.
_FILES = {
    "pyodide.asm.wasm": "build/python/pyodide.wasm",
    "python_stdlib.zip": "build/python/stdlib.pack",
    **{name: f"build/python/{name}.pack" for name in ("packages", "site", "shelves")},
}


def built(name: str) -> str:
    """Return the address of a static file that has to be built, or "" where it was not."""
    if finders.find(name) is None:
        return ""
    try:
        return staticfiles_storage.url(name)
    except ValueError:  # built since the static files were collected
        return ""


def missing() -> list[str]:
    """Return the names of what a challenge needs and the build has not made."""
    return [name for name in (*_SCRIPTS.values(), _MODELS, _CAGE, _WORKER, *_FILES.values()) if not built(name)]


_is_whole = False


def is_whole() -> bool:
    """Whether nothing is missing: looked at until it is so, since `make run` serves while it still builds."""
    global _is_whole
    _is_whole = _is_whole or not missing()
    return _is_whole


def runtime(desk: str) -> dict[str, Any]:
    """Return plain values for a page that runs code: addresses, and of what is fetched the bytes.

    desk: the name of the script that asks Python, challenge_desk or play
    `fetched`: bytes over the wire; `bytes`: of each file as it is without compression
    """
    fetched = [_SCRIPTS["editor"], _SCRIPTS["runtime"], _SCRIPTS[desk], _WORKER, *_FILES.values()]
    return {
        "scripts": {name: built(path) for name, path in _SCRIPTS.items()},
        "models": built(_MODELS),
        "python": {
            "cage": built(_CAGE),
            "worker": _file(_WORKER),
            "files": [{"name": name, **_file(path)} for name, path in _FILES.items()],
        },
        "fetched": sum(map(_bytes_sent, fetched)),
    }


def _file(name: str) -> dict[str, Any]:
    return {"url": built(name), "bytes": _source(name).stat().st_size}


def _bytes_sent(name: str) -> int:
    """Of a file as this site sends it: compressed, where the static files were collected."""
    collected = Path(staticfiles_storage.path(name)).with_name(built(name).rpartition("/")[2])
    compressed = collected.with_name(f"{collected.name}.br")
    return (compressed if compressed.exists() else _source(name)).stat().st_size


def _source(name: str) -> Path:
    return Path(str(finders.find(name)))
