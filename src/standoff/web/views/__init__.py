"""One file a view: what it shows of the dossier, its template, its twin records."""
