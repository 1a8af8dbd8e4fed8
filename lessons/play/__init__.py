"""What a reader tries: code, models and templates of their own, run where they are, in their browser."""
