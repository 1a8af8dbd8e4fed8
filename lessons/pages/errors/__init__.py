"""What a page cannot be shown for, told as a page of the house."""
