"""What a reader sees of HTML."""

import re
from html import unescape


def words(html):
    # A sign, and the words that stand for it where it is read out.
    html = re.sub(r'(aria-hidden="true">[^<]*</span>)<span class="visually-hidden">[^<]*</span>', r"\1", html)
    html = re.sub(r"</?(?:a|span|mark|code|b|strong|wbr)\b[^>]*>", "", html)
    return " ".join(unescape(re.sub("<[^>]*>", " ", html)).split())
