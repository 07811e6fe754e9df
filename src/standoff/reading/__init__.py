"""Reading: bytes to reports. One frozen text, its hash, its metadata, its regions."""
