"""How a session was found: an anonymous form, shown from five answers, never knowledge."""
