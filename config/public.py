"""What follows from PUBLIC_URL, the address that readers type: the host, and behind TLS what browsers must do."""

import re
from ipaddress import IPv6Address
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

_YEAR = 60 * 60 * 24 * 365
_PORTS = {"http": 80, "https": 443}  # which browsers leave out


def read_public_url(text):
    """Return the host, the origin, and the settings that go with TLS ({} without it), of an address.

    Behind TLS the site believes X-Forwarded-Proto, so nothing but the proxy that sets it may reach its port.
    """
    try:
        url = urlsplit(text.strip())
        host, port = _host(url.hostname or ""), url.port
        is_site = (
            url.scheme in _PORTS
            and url.username is None
            and not (url.path.strip("/") or url.query or url.fragment)
        )
    except ValueError:
        is_site = False
    if not is_site:
        raise ImproperlyConfigured(
            f"PUBLIC_URL is {text!r}, which is no address of a site. Set it to what readers type: the scheme and"
            " the host, without a path, such as https://learn.example. Left out, the site is plain HTTP."
        )
    netloc = host if port in (None, _PORTS[url.scheme]) else f"{host}:{port}"
    return host, f"{url.scheme}://{netloc}", _behind_tls(netloc) if url.scheme == "https" else {}


def _host(name):
    """As browsers send it. Raises ValueError where it is none."""
    if ":" in name:
        return f"[{IPv6Address(name)}]"
    host = name.encode("idna").decode().lower()
    if not re.fullmatch(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", host):
        raise ValueError
    return host


def _behind_tls(netloc):
    return {
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
        "SECURE_SSL_REDIRECT": True,
        "SECURE_SSL_HOST": netloc,
        # What the machine asks itself goes over plain HTTP and past the proxy.
        "SECURE_REDIRECT_EXEMPT": [r"^(healthz|readyz|metrics)/?$"],
        "SECURE_HSTS_SECONDS": _YEAR,
        # Subdomains, and the list that browsers come with, are a decision about other sites than this one.
        "SILENCED_SYSTEM_CHECKS": ["security.W005", "security.W021"],
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
    }
