"""The analyst's hand: what people decide about records, and how the dossier follows them."""
