"""The conflict in the app: its file under change, the engine beside it, and what its pages show."""
