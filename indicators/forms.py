"""Filters of the matrix and of the lists behind a figure; a wrong value is simply no filter."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Territory
from indicators.matrix import AXES
from indicators.periods import PLAN_YEARS
from indicators.tallies import Dimension

Choices = Sequence[tuple[str, str]]


class MatrixFilterForm(forms.Form):
    """`region` is offered only to readers who may look at one."""

    axe = forms.ChoiceField(label=gettext_lazy("Axe"), required=False)
    annee = forms.ChoiceField(label=gettext_lazy("Année suivie"), required=False)
    mesure = forms.ChoiceField(label=gettext_lazy("Indicateurs"), required=False)
    region = forms.ChoiceField(label=gettext_lazy("Région"), required=False)

    def __init__(self, *args: Any, regions: Sequence[Territory], **options: Any) -> None:
        super().__init__(*args, **options)
        axes = [(str(axis), f"{axis}. {title}") for axis, title in AXES.items()]
        self._offer("axe", [("", _("Les quatre axes")), *axes])
        self._offer("annee", [(str(year), str(year)) for year in PLAN_YEARS])
        self._offer(
            "mesure",
            [("", _("Tous")), ("plateforme", _("Mesurés ici")), ("declare", _("Déclarés"))],
        )
        self._offer("region", [("", _("Toutes")), *((one.code, one.name) for one in regions)])
        if not regions:
            del self.fields["region"]

    def _offer(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def value(self, name: str) -> str:
        """The valid choice of a field, or ""."""
        self.is_valid()
        return str(self.cleaned_data.get(name, ""))


class CellFilterForm(forms.Form):
    """One select for each dimension that the figure has."""

    def __init__(
        self, *args: Any, choices: dict[Dimension, list[tuple[str, str]]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        labels = {
            Dimension.SEX: _("Sexe"),
            Dimension.CATEGORY: _("Catégorie de professions"),
            Dimension.REGION: _("Région"),
        }
        for dimension, cells in choices.items():
            self.fields[dimension.value] = forms.ChoiceField(
                label=labels[dimension], required=False, choices=[("", _("Toutes")), *cells]
            )

    def filters(self) -> dict[Dimension, str]:
        """The cells asked for, by dimension."""
        self.is_valid()
        return {Dimension(name): value for name, value in self.cleaned_data.items() if value}
