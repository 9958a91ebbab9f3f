"""What the lists of sessions, events and documents are all filtered by."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Territory

FIRST_YEAR = 2023  # of the plan
LAST_YEAR = 2027


def search_field(label: Any) -> forms.CharField:
    """A line to search by, free to stay empty."""
    return forms.CharField(
        label=label,
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


class YearAndRegionFilter(forms.Form):
    """Year of the plan and region; a subclass says in `field_order` where its own fields stand."""

    annee = forms.ChoiceField(
        label=_("Année"),
        required=False,
        choices=[
            ("", _("Toutes")),
            *((str(year), str(year)) for year in range(LAST_YEAR, FIRST_YEAR - 1, -1)),
        ],
    )
    region = forms.ModelChoiceField(
        label=_("Région"),
        required=False,
        queryset=Territory.objects.none(),
        to_field_name="code",
        empty_label=_("Toutes"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regions = Territory.objects.regions().order_by("position")
        self.fields["region"].queryset = regions  # type: ignore[attr-defined]
