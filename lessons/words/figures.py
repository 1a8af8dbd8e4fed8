"""Numbers as readers see them."""


def figure(value):
    """A number with about three figures, a whole number with all of them."""
    if isinstance(value, int):
        return f"{value:,}"
    decimals = 3 if value < 0.1 else 2 if value < 10 else 1 if value < 100 else 0
    return f"{value:,.{decimals}f}"


def ms(nanoseconds):
    """Milliseconds: 0.042, 1.53, 38.1, 1,204."""
    return figure(nanoseconds / 1e6)


def megabytes(count):
    """Megabytes, of a million bytes each."""
    return figure(count / 1e6)


def factor(ratio):
    """×0.83, ×3.10, ×10,001"""
    return f"×{figure(ratio)}"
