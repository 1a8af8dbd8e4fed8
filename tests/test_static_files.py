import gzip
import re
import urllib.request

import brotli


def get(url, encoding):
    request = urllib.request.Request(url, headers={"Accept-Encoding": encoding})
    return urllib.request.urlopen(request, timeout=10)


def test_static_files_are_hashed_compressed_and_kept(site):
    html = get(f"{site}/", "identity").read().decode()
    styles = re.findall(r'href="(/static/css/\w+\.[0-9a-f]{12}\.css)"', html)
    assert len(styles) == html.count('rel="stylesheet"') > 1
    for encoding, decompress in [("br", brotli.decompress), ("gzip", gzip.decompress)]:
        response = get(site + styles[1], encoding)
        assert response.headers["Content-Encoding"] == encoding
        assert "immutable" in response.headers["Cache-Control"]
        assert b".site-header" in decompress(response.read())


def test_pages_are_compressed(site):
    response = get(f"{site}/", "gzip")
    assert response.headers["Content-Encoding"] == "gzip"
    assert b"Queryshelf" in gzip.decompress(response.read())
