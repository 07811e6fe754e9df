"""Full-text search over reports and evidence, and questions that are asked again."""
