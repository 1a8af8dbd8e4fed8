from setup import Reading


def watch():
    return list(Reading.objects.filter(pk=1).values("seats_taken", "version"))


def invariant(results):
    """Whoever was told "reserved" has two seats in the count."""
    reserved = 2 * list(results.values()).count("reserved")
    taken = Reading.objects.get(pk=1).seats_taken
    return taken == reserved, f"Reserved: {reserved} seats. Taken: {taken}."
