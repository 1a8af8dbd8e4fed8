"""The challenge at the end of a lesson: its words, its solution, and what the reader's browser needs for it."""
