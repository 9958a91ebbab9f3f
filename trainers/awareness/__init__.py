"""Unnamed facts: awareness events with their headcounts, and documents handed out."""
