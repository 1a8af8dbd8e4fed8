"""Makes of each lesson a test that its reader takes home: one file, to be put into a project of theirs."""
