"""A lesson's challenge: its naive code, which the reader makes better, and the judge of that."""
