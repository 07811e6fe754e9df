"""The views over a dossier: events, acts, positions, changes, tension, the network, contradictions, in pages."""
