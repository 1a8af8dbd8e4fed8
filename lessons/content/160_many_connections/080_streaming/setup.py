def setup():
    """Nothing: the shelf is as it is."""
