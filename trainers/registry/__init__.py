"""Trainers: their record, their qualifications, the directory."""
