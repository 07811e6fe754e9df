"""Every view as a table: cells for people, records with evidence for programs."""
