"""Coding: analyses to codings. Times, statements and acts, each with evidence and confidence."""
