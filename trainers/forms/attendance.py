"""Forms of the roll call: somebody to add, a workbook to import."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from accounts.enums import Sex
from accounts.models import Profession
from accounts.phones import InvalidPhone, normalise_phone
from trainers.attendance.newcomers import Newcomer
from trainers.evidence import MAX_BYTES
from trainers.forms.territories import TerritoryField, territory_choices

BIRTH_YEARS = (1920, 2020)


class NewcomerForm(forms.Form):
    """A person to put on the list; only a name is asked for."""

    family_name = forms.CharField(label=_("Nom"), max_length=80)
    given_name = forms.CharField(label=_("Prénom"), max_length=80, required=False)
    phone = forms.CharField(
        label=_("Téléphone"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel"}),
        help_text=_("Il évite de compter deux fois la même personne."),
    )
    sex = forms.ChoiceField(
        label=_("Sexe"), required=False, choices=[("", _("Non renseigné")), *Sex.choices]
    )
    profession = forms.ModelChoiceField(
        label=_("Profession"),
        queryset=Profession.objects.none(),
        required=False,
        empty_label=_("Non renseignée"),
    )
    organization = forms.CharField(label=_("Structure"), max_length=160, required=False)
    territory = TerritoryField(label=_("Région ou cercle d'affectation"), required=False)
    birth_year = forms.IntegerField(
        label=_("Année de naissance"),
        required=False,
        min_value=BIRTH_YEARS[0],
        max_value=BIRTH_YEARS[1],
        localize=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        professions = Profession.objects.order_by("position")
        self.fields["profession"].queryset = professions  # type: ignore[attr-defined]
        choices = territory_choices(empty=str(_("Non renseigné")))
        self.fields["territory"].choices = choices  # type: ignore[attr-defined]

    def clean_phone(self) -> str:
        """Bring the number to its international form."""
        try:
            return normalise_phone(self.cleaned_data["phone"]) or ""
        except InvalidPhone as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def newcomer(self) -> Newcomer:
        """The person typed, once the form is valid."""
        return Newcomer(**self.cleaned_data)


class WorkbookForm(forms.Form):
    """A spreadsheet to read."""

    file = forms.FileField(
        label=_("Feuille de présence"),
        help_text=_("Classeur .xlsx, .ods, .xls ou .csv, 20 Mo au plus."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.xls,.csv,.tsv"}),
    )
    is_list_only = forms.BooleanField(
        label=_("C'est la liste des inscrits : elle ne dit pas qui était présent"), required=False
    )

    def clean_file(self) -> UploadedFile:
        """Refuse a heavy file before it is read."""
        return light_enough(self.cleaned_data["file"])


def light_enough(upload: UploadedFile) -> UploadedFile:
    """Return the file, or raise the error of a form."""
    if upload.size is None or upload.size > MAX_BYTES:
        raise forms.ValidationError(_("Ce fichier dépasse 20 Mo."))
    return upload
