"""Runs a lesson's code on a shelf: loads it, records it, and makes it again to measure or explain."""
