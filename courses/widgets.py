"""Widgets of Wagtail's editor for the fields that hold a list. Below the models."""

import json
from collections.abc import Mapping
from typing import Any

from django import forms


class LinesTextarea(forms.Textarea):
    """A list of texts in a JSON field, edited one text per line."""

    def format_value(self, value: Any) -> str:
        items = json.loads(value) if isinstance(value, str) and value else value
        return "\n".join(items) if isinstance(items, list) else ""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str:
        lines = str(data.get(name, "")).splitlines()
        return json.dumps([line.strip() for line in lines if line.strip()], ensure_ascii=False)
