def setup():
    """Nothing: the shelf is as it is, and the cache is empty."""
