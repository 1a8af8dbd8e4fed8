import logging


class WithoutTraces(logging.Filter):
    """Takes the trace from what Django logs of a suspicious request: anybody can send thousands of them.

    The line says what was wrong with the request; the trace would only say where in Django that was noticed.
    """

    def filter(self, record):
        if record.name.startswith("django.security."):
            record.exc_info = record.exc_text = None
            record.levelno, record.levelname = logging.WARNING, logging.getLevelName(logging.WARNING)
        return True
