"""Lessons of which no two runs need be alike, and why."""

BY_CHANCE = {
    "one_query_more/random_row": "its code draws lots",
    "one_query_more/json_lookups": "on SQLite Django writes a set of words into the SQL, in the order of the process",
}
