"""Settings, and views, that only a benchmark serves or sets up: peers to compare the site with."""
