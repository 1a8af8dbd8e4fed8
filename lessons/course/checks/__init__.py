"""Checks that a lesson keeps its contract: its folder, its words, its runs, its races."""
