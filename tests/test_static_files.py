import gzip
import re
import urllib.request
from urllib.parse import urljoin

import brotli
from django.contrib.staticfiles.storage import staticfiles_storage


def get(url, encoding):
    request = urllib.request.Request(url, headers={"Accept-Encoding": encoding})
    return urllib.request.urlopen(request, timeout=10)


def test_static_files_are_hashed_compressed_and_kept(site):
    html = get(f"{site}/", "identity").read().decode()
    styles = re.findall(r'href="(/static/(?:build/)?css/\w+\.[0-9a-f]{12}\.css)"', html)
    assert len(styles) == html.count('rel="stylesheet"') > 1
    for encoding, decompress in [("br", brotli.decompress), ("gzip", gzip.decompress)]:
        response = get(site + styles[0], encoding)
        assert response.headers["Content-Encoding"] == encoding
        assert "immutable" in response.headers["Cache-Control"]
        assert b".site-header" in decompress(response.read())


def test_pages_are_compressed(site):
    response = get(f"{site}/", "gzip")
    assert response.headers["Content-Encoding"] == "gzip"
    assert b"Queryshelf" in gzip.decompress(response.read())


def test_bundle_that_was_not_built_imports_hashed_files(site, static_files):
    url = staticfiles_storage.url("css/bundles/site.css")
    imported = re.findall(r'@import url\("([^"]+)"\)', get(site + url, "identity").read().decode())
    assert len(imported) > 1
    for name in imported:
        assert "immutable" in get(urljoin(site + url, name), "identity").headers["Cache-Control"]
