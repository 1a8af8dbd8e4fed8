from setup import VisitWithReaderIndex as Visit
from shop import a_minute


def run():
    yield from a_minute(Visit.objects)
