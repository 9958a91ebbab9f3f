"""The attendance log, the roll call, and the sheets that come back from the room."""
