"""What a lesson's folder declares, read from disk and checked: the catalog of the course."""
