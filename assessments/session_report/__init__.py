"""The report of a session: figures computed, words of the trainer, as PDF and as .docx."""
