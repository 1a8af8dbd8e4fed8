"""Proves that a lesson keeps what it declares."""
