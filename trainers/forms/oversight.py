"""Forms of the checks by telephone."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trainers.enums import PhoneCheckResult
from trainers.oversight.phone_sample import LEAST_PERCENT, MOST_PERCENT


def _share() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=_("Part des participants à appeler"),
        coerce=int,
        choices=[(share, f"{share} %") for share in range(MOST_PERCENT, LEAST_PERCENT - 1, -1)],
        help_text=_("Deux personnes au moins dans chaque session."),
    )


class DrawForm(forms.Form):
    """How many to draw in one session."""

    share = _share()


class PeriodDrawForm(forms.Form):
    """Which sessions to draw in."""

    start = forms.DateField(
        label=_("Sessions terminées à partir du"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    end = forms.DateField(
        label=_("Jusqu'au"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    share = _share()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("start") and cleaned.get("end") and cleaned["end"] < cleaned["start"]:
            self.add_error("end", _("La fin vient après le début."))
        return cleaned


class CallForm(forms.Form):
    """What the person said."""

    result = forms.ChoiceField(
        label=_("Réponse"), choices=[("", _("Choisissez")), *PhoneCheckResult.choices]
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)
