"""Free play: whatever a reader has in mind, tried in their own browser."""
