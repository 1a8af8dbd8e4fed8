"""Pages of variants whose sessions race."""
