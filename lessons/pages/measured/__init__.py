"""Pages of what is measured once and kept for a while: curve, staircase, spans."""
