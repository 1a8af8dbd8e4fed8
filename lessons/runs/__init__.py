"""Runs what a lesson has on a shelf: its variants, its sessions, its claims."""
