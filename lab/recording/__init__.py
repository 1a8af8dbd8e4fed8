"""Watches a run: every statement with its place, its cause, its rows and its times."""
