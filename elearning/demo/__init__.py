"""The demo world: fictitious people and sessions, made through the same acts as real use."""
