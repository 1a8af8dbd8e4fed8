"""What each answer forbids a browser, beside what Django does of itself."""

from csp.constants import NONE, SELF

# Nothing leaves the machine: no other host for scripts, styles, fonts or images.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# The features that a script could ask a browser for. The site asks for one: it copies what a reader takes home.
_UNUSED = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation",
    "gyroscope", "magnetometer", "microphone", "midi", "payment", "picture-in-picture",
    "publickey-credentials-get", "screen-wake-lock", "serial", "usb", "web-share", "xr-spatial-tracking",
)  # fmt: skip
_POLICY = ", ".join([*(f"{feature}=()" for feature in _UNUSED), "clipboard-write=(self)"])


def forbidding(get_response):
    """Middleware, outside of WhiteNoise: it answers for static files itself."""

    def answer(request):
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", _POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return answer


def let_load(headers, path, url):
    """For WhiteNoise: static files say nothing of anybody, and a sandboxed frame of the site has no origin."""
    headers["Cross-Origin-Resource-Policy"] = "cross-origin"
