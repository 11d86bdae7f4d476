"""The way in: a file becomes a report, its sections, items and passages."""
