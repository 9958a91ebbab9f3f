"""Forms of « Mon dossier de formateur »: days taken, answers, consent."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trainers.forms.registry import day_input


class UnavailabilityForm(forms.Form):
    """Days on which the trainer cannot come."""

    starts_on = forms.DateField(label=_("Du"), widget=day_input())
    ends_on = forms.DateField(label=_("Au"), widget=day_input(), required=False)
    reason = forms.CharField(
        label=_("Motif"),
        max_length=120,
        required=False,
        help_text=_("Vous seul et le comité le lisez."),
    )

    def clean(self) -> dict[str, Any]:
        """One day alone is from that day to that day."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first: datetime.date | None = cleaned.get("starts_on")
        cleaned["ends_on"] = cleaned.get("ends_on") or first
        return cleaned


class NoteForm(forms.Form):
    """A word with an answer."""

    note = forms.CharField(max_length=200, required=False)
