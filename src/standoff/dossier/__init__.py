"""Dossier: codings to one SQLite file. Reports, records, merged events, issues, positions, timeline."""
