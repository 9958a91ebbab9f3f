"""Persons in the field: who they are, where they serve, which records are one."""
