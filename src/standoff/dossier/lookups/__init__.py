"""What the views look things up by, kept in step with the records: postings, sums, strands."""
