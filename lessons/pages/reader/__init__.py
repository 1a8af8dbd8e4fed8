"""What is a reader's own: the progress that their browser keeps, and a set of lessons that a link chooses."""
