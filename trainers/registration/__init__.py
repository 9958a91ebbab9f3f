"""Who is on the list of a session: asked for, approved, searched for, and who says « present »."""
