"""A training session from its opening to its validation, and who may open it."""
