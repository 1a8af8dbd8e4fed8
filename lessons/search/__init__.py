"""Finds lessons, symptoms and terms by words, typos forgiven."""
