"""What of a lesson runs in the reader's own browser: settings of Django's, and what answers the page there."""
