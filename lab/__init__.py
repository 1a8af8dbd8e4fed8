"""Runs code on a shelf, a seeded bookstore, and reports what the database did. Knows no lesson, and no HTTP."""
