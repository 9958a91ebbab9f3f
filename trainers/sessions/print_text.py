"""Texts as print wants them."""

from typing import Any


def printed(value: Any) -> Any:
    """Return the same texts, in lists and dictionaries too, with the apostrophe of print."""
    if isinstance(value, dict):
        return {key: printed(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [printed(one) for one in value]
    return value.replace("'", "’") if isinstance(value, str) else value
