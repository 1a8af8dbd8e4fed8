"""What a reader sees of HTML."""

import re
from html import unescape


def words(html):
    html = re.sub(r"</?(?:a|span|mark|code|b|strong|wbr)\b[^>]*>", "", html)
    return " ".join(unescape(re.sub("<[^>]*>", " ", html)).split())
