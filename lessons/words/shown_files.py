"""Files that a lesson shows and does not run."""

from dataclasses import dataclass

from lessons.words.listing import Listing, list_file


@dataclass(frozen=True, kw_only=True)
class ShownListing:
    listing: Listing
    check: str  # the test that uses the file


def list_shown_files(lesson):
    """Return a ShownListing for each file of the lesson's [[files]]."""
    return [
        ShownListing(listing=list_file(file.path, name=file.path.name, language=file.language), check=file.check)
        for file in lesson.files
    ]
