"""What is for who runs the site: whether it is ready, what it runs now, what its pages ran."""
