"""A spot is where a query came from, as it is noted on the way: cheaply. Places tell what it is."""

from collections.abc import Callable
from types import CodeType, FrameType
from typing import TypeAlias

from django.template.base import Node

# A function's code and an instruction of it (a byte offset, as in `frame.f_lasti`), or a template's node.
Spot: TypeAlias = tuple[CodeType, int] | Node
# locate(frame) of a place strategy, see lab.recording.places: a spot, a cause, and the waypoints between.
Located: TypeAlias = tuple[Spot | None, str, tuple[str, ...]]
Locate: TypeAlias = Callable[[FrameType | None], Located]


def spot_key(spot: Spot) -> tuple[object, int]:
    """Hashable and cheap, as a code object is not. Valid while the spot itself is kept."""
    if isinstance(spot, Node):
        return (spot.origin.name, spot.token.position), spot.token.lineno
    code, instruction = spot
    return id(code), instruction
