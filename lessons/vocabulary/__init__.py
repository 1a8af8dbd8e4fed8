"""The words of the field: terms with their meaning, what a reader sees go wrong, what tutorials say."""
