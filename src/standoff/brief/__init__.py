"""Brief: everything above as one self-contained page."""
