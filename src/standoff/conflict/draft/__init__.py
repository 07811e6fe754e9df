"""Drafting: from a dossier to a conflict model whose every line shows the sentence it comes from."""
