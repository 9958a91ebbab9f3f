"""Who watches over the sessions: checks by telephone, reminders."""
