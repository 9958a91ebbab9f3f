"""Trainers for a session: who is fit, who is asked, what they answer."""
