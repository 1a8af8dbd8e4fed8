"""All lessons, by track, and how many claims have which verdict."""

from dataclasses import dataclass

from lessons.pages.overviews.claims import CountedChoice, tally
from lessons.pages.overviews.track import TrackOutline, outline_track


@dataclass(frozen=True, kw_only=True)
class Home:
    tracks: tuple[TrackOutline, ...]
    claims: list[CountedChoice]  # those verdicts that some claim has


def make_home(catalog):
    return Home(tracks=tuple(outline_track(track) for track in catalog.tracks), claims=tally(catalog))
