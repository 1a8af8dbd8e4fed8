"""What the served site withstands: a class of readers, a flood of heavy pages, thousands of runs."""
