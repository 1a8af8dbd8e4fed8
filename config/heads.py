"""Answers HEAD as RFC 9110 asks (section 9.3.2): with the headers that GET would have, and no body.

A view answers HEAD as it answers GET, and a server that has to drop the body complains of it in its log.
"""


def without_body(get_response):
    """Middleware, the first of all."""

    def answer(request):
        response = get_response(request)
        if request.method == "HEAD" and not response.streaming:
            response.headers.setdefault("Content-Length", str(len(response.content)))
            response.content = b""
        return response

    return answer
