"""Conflict: options, moves and preferences; what is stable, why, and what would have to give."""
