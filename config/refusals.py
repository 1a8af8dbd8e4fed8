"""What the site does not start with on a server, where DEBUG is off."""

from django.core.exceptions import ImproperlyConfigured


def refuse_to_serve(*, SECRET_KEY, **inside):
    """Raise ImproperlyConfigured where there is no secret, or a tool that shows what is inside is on."""
    if not SECRET_KEY:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set, and DEBUG is off. On a server, set SECRET_KEY in the environment or in .env"
            " to a long random text. To read the course or work on it on your own machine, type"
            " `cp .env.example .env` instead: it sets DEBUG=1."
        )
    for tool, is_on in inside.items():
        if is_on:
            raise ImproperlyConfigured(
                f"{tool} is set, and DEBUG is off. It shows what others ask of the site and what is inside, so it"
                f" is for your own machine: take {tool} out of the environment and of .env, or set DEBUG=1 there."
            )
