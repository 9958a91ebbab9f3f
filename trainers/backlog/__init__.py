"""What was done before the platform: old sessions with their lists, partners' old reports."""
