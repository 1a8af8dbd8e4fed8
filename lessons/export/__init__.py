"""The course as static files: every page that is part of it, with its runs as they were recorded."""
