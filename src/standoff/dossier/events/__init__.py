"""One event, many sources: which acts of several reports tell the same event, and what it looks like then."""
