"""How figures, SQL, code and races are told, on pages and in the terminal alike."""
