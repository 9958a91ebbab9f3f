"""Forms of what was done before the platform: a file to read, a partner's report to type."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from accounts.models import ProfessionCategory, User
from accounts.roles import territory_ids_in_scope
from trainers.enums import SessionType
from trainers.forms.attendance import light_enough
from trainers.forms.territories import TerritoryField, territory_choices

DAY = {"type": "date"}
SEXES = (("F", _("Femmes")), ("M", _("Hommes")), ("", _("Non précisé")))


class BacklogFileForm(forms.Form):
    """A workbook to read, of old sessions or of partners' headcounts."""

    file = forms.FileField(
        label=_("Classeur"),
        help_text=_("Fichier .xlsx, .ods, .xls ou .csv, 20 Mo au plus."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.xls,.csv,.tsv"}),
    )

    def clean_file(self) -> UploadedFile:
        """Refuse a heavy file before it is read."""
        return light_enough(self.cleaned_data["file"])


class PartnerReportFilter(forms.Form):
    """What the list of partners' reports shows."""

    q = forms.CharField(
        label=_("Partenaire ou intitulé"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    annee = forms.IntegerField(
        label=_("Année"), required=False, min_value=2000, max_value=2100, localize=False
    )


@dataclass(frozen=True)
class CategoryLine:
    """One category with its three numbers, for the template."""

    label: str
    fields: list[Any]

    @property
    def is_filled(self) -> bool:
        return any(field.value() or field.errors for field in self.fields)


class PartnerReportForm(forms.Form):
    """A partner's report without names: one number for each sex and category."""

    partner = forms.CharField(label=_("Partenaire"), max_length=160)
    title = forms.CharField(label=_("Intitulé de l'activité"), max_length=200)
    type = forms.ChoiceField(label=_("Type"), choices=SessionType.choices)
    territory = TerritoryField(label=_("Région ou cercle du lieu"))
    held_from = forms.DateField(
        label=_("Premier jour"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d")
    )
    held_to = forms.DateField(
        label=_("Dernier jour"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d")
    )
    file = forms.FileField(
        label=_("Rapport du partenaire"),
        required=False,
        help_text=_("PDF, photo ou document : il est gardé comme preuve."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scope = territory_ids_in_scope(user)
        self.fields["territory"].choices = territory_choices(scope)  # type: ignore[attr-defined]
        rows = ProfessionCategory.objects.order_by("position").values_list("code", "name")
        self.categories = [*rows, ("", str(_("Catégorie non précisée")))]
        for code, _name in self.categories:
            for sex, label in SEXES:
                self.fields[_name_of(sex, code)] = forms.IntegerField(
                    label=label, required=False, min_value=0, max_value=100_000, localize=False
                )

    def lines(self) -> Iterator[CategoryLine]:
        """The categories in the order of the plan, each with its fields."""
        for code, name in self.categories:
            yield CategoryLine(name, [self[_name_of(sex, code)] for sex, _label in SEXES])

    def headcounts(self) -> dict[tuple[str, str], int]:
        """The numbers typed, by sex and code of category."""
        return {
            (sex, code): self.cleaned_data[_name_of(sex, code)]
            for code, _name in self.categories
            for sex, _label in SEXES
            if self.cleaned_data[_name_of(sex, code)]
        }

    def clean_file(self) -> UploadedFile | None:
        """Refuse a heavy file."""
        upload = self.cleaned_data["file"]
        return light_enough(upload) if upload else None

    def clean_held_to(self) -> datetime.date:
        """Refuse days in the wrong order."""
        last: datetime.date = self.cleaned_data["held_to"]
        first = self.cleaned_data.get("held_from")
        if first is not None and last < first:
            raise forms.ValidationError(_("Le dernier jour vient avant le premier."))
        return last


def _name_of(sex: str, category: str) -> str:
    return f"n_{sex or 'X'}_{category or 'none'}"
