"""Finds lessons, symptoms, terms and steps of plans by words, typos forgiven."""
