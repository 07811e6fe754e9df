"""Web: the views over a dossier, live in a browser, with review and editing."""
