"""The plan's training and awareness activities."""
