"""Makes /tmp/stdlib.zip, /tmp/packages.zip or /tmp/site.zip of what is mounted. Run by pack.js, in Pyodide.

Modules are compiled, since that takes most of a start. Nothing is compressed: whoever serves the archives does
that better for all of one together.
"""

import ast
import importlib.util
import re
import zipfile
from importlib._bootstrap_external import _code_to_hash_pyc
from pathlib import Path

STDLIB = Path("/pyodide/python_stdlib.zip")
# What nothing imports that runs here, or what cannot run here.
UNUSED_STDLIB = re.compile(
    r"(curses|ensurepip|idlelib|lib2to3|pydoc_data|tkinter|turtledemo|venv|_pyrepl|multiprocessing/(?!__init__|context|process|reduction)\w+|xmlrpc"
    r"|test|dbm|webbrowser|antigravity|this|turtle|pdb|cProfile|profile|pstats|trace|tabnanny"
    r"|zipapp|imaplib|poplib|ftplib|nntplib|telnetlib|smtpd|mailbox|doctest|pydoc|asyncio/windows\w*)\b"
)
UNUSED_PACKAGES = re.compile(
    r"(.*\.dist-info|bin|.*/tests|django/contrib/(gis|postgres|flatpages|redirects|sitemaps|syndication|humanize)"
    r"|django/conf/locale/(?!en/|__init__)[^/]+|django/conf/(app|project)_template"
    r"|django/contrib/\w+/locale|.*/jinja2|django/core/management/commands|django/db/backends/(oracle|mysql|postgresql)"
    r"|rest_framework/(authtoken|management)|django/views/templates"
    r"|django/contrib/\w+/static|django/contrib/admin/templates/registration)/"
)
SITE = ("library", "lab", "lessons")
UNUSED_SITE = re.compile(
    r"(.*/tests|.*/management|lessons/(content|pages|proof|terminal|search|measured|take_home|templatetags)"
    r"|lessons/course/(checks|scaffold)|.*/conftest\.py|library/(admin|factories)\.py)\b"
)
DATA = re.compile(r"(django/(contrib/(admin|auth)/templates|forms/templates)|tzdata/zoneinfo)/")
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
WITH_SOURCE = re.compile(r"library/")  # of which something reads the source


def pack_stdlib():
    with zipfile.ZipFile(STDLIB) as archive:
        found = ((name, archive.read(name)) for name in archive.namelist() if not UNUSED_STDLIB.match(name))
        pack("stdlib", found, at="/lib/python314.zip")


def pack_packages():
    pack("packages", read(Path("/packages"), UNUSED_PACKAGES), at="/lib/python3.14/site-packages")


def pack_site():
    ours = (each for name in SITE for each in read(Path("/project"), UNUSED_SITE, under=name))
    pack("site", ours, at="/site")


def read(root, unused, under="."):
    for path in sorted((root / under).rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_file() and not unused.match(name) and "__pycache__" not in name:
            yield name, path.read_bytes()


def pack(archive, files, *, at):
    """at: the folder in which the modules will lie, as tracebacks show it"""
    with zipfile.ZipFile(f"/tmp/{archive}.zip", "w", zipfile.ZIP_STORED) as packed:
        for name, content in files:
            for path, data in packed_as(name, content, at):
                packed.writestr(zipfile.ZipInfo(path), data)  # of one date, so that the bytes are the same again


def packed_as(name, content, at):
    if not name.endswith(".py"):
        if not at.endswith(".zip") and DATA.match(name):
            yield name, content
        return
    compiled = _code_to_hash_pyc(
        compiled_code(content, f"{at}/{name}"), importlib.util.source_hash(content), False
    )
    if WITH_SOURCE.match(name):
        yield name, content
        folder, _, file = name.rpartition("/")
        yield f"{folder}/__pycache__/{file[:-3]}.cpython-314.pyc", compiled
    else:
        yield f"{name}c", compiled


def compiled_code(source, filename):
    """Without docstrings, as Python itself does with -OO, but with its assertions."""
    tree = ast.parse(source, filename)
    for node in ast.walk(tree):
        if isinstance(node, DOCUMENTED) and ast.get_docstring(node, clean=False) is not None:
            node.body = node.body[1:] or [ast.copy_location(ast.Pass(), node.body[0])]
    return compile(tree, filename, "exec", dont_inherit=True, optimize=0)
