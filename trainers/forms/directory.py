"""Filter of the directory of trainers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Territory
from courses.models import CurriculumPage
from trainers.enums import Language


class DirectoryFilter(forms.Form):
    """What the directory shows."""

    curriculum = forms.ModelChoiceField(
        label=_("Habilité pour"),
        required=False,
        queryset=CurriculumPage.objects.none(),
        to_field_name="slug",
        empty_label=_("Tous les curricula"),
    )
    region = forms.ModelChoiceField(
        label=_("Intervient dans"),
        required=False,
        queryset=Territory.objects.none(),
        to_field_name="code",
        empty_label=_("Toutes les régions"),
    )
    langue = forms.ChoiceField(
        label=_("Anime en"), required=False, choices=[("", _("Toutes")), *Language.choices]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        curricula = CurriculumPage.objects.live().order_by("title")
        self.fields["curriculum"].queryset = curricula  # type: ignore[attr-defined]
        regions = Territory.objects.regions().order_by("position")
        self.fields["region"].queryset = regions  # type: ignore[attr-defined]
