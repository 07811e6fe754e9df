"""The answer to a conflict in plain language: where things stand, what could hold, what would have to give."""
