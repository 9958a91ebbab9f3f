"""The half-days of a session, one line each, and two blank lines to add some."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trainers.enums import Half
from trainers.models import TrainingSession
from trainers.sessions.half_day_rules import LONGEST, SHORTEST, USUAL_MINUTES, HalfDay

BLANK_LINES = 2


class HalfDayForm(forms.Form):
    """One half-day; a line without a date is not one."""

    held_on = forms.DateField(
        label=_("Date"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    half = forms.ChoiceField(label=_("Demi-journée"), choices=Half.choices)
    minutes = forms.IntegerField(
        label=_("Minutes"), min_value=SHORTEST, max_value=LONGEST, initial=USUAL_MINUTES
    )


class HalfDayLines(forms.BaseFormSet):
    """All the lines; empty a date to take its half-day away."""

    def half_days(self) -> list[HalfDay]:
        """The half-days typed, once the lines are valid."""
        return [
            HalfDay(one["held_on"], one["half"], one["minutes"])
            for one in (form.cleaned_data for form in self.forms)
            if one.get("held_on")
        ]


def half_day_lines(session: TrainingSession, data: Any = None) -> HalfDayLines:
    """Return the lines of a session, as it has them or as they were typed."""
    build = forms.formset_factory(HalfDayForm, formset=HalfDayLines, extra=BLANK_LINES)
    known = [
        {"held_on": slot.held_on, "half": slot.half, "minutes": slot.minutes}
        for slot in session.slots.order_by("position")
    ]
    lines = build(data, initial=known, prefix="d")
    assert isinstance(lines, HalfDayLines)
    return lines
