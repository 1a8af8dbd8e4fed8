from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

_OURS = ("css/", "js/", "build/", "django_htmx/")
_LARGE = "build/python/"


class OursCompressed(CompressedManifestStaticFilesStorage):
    """As on a server, but compresses what all pages load alone: the admin’s files and Python take a minute."""

    def create_compressor(self, **options):
        return _OfOurs(**options)


class _OfOurs(Compressor):
    def should_compress(self, filename):
        is_ours = filename.startswith(_OURS) and not filename.startswith(_LARGE)
        return is_ours and super().should_compress(filename)
