"""Inverse questions: which smallest change of preferences makes a wanted state hold, or an unwanted one fail."""
