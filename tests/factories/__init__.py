"""Records for tests, made through the same acts as in real use wherever one exists."""
