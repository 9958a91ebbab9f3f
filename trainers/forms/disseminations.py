"""Forms of the log of documents handed over."""

import uuid
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import territories_of, territory_ids_in_scope
from trainers.enums import DocumentKind
from trainers.forms.attendance import light_enough
from trainers.forms.awareness import day_field
from trainers.forms.list_filters import YearAndRegionFilter
from trainers.forms.territories import TerritoryField, territory_choices


class DisseminationFilter(YearAndRegionFilter):
    """What the log shows."""

    field_order = ("document", "annee", "region")

    document = forms.ChoiceField(
        label=_("Document"), required=False, choices=[("", _("Tous")), *DocumentKind.choices]
    )


class ReceiptForm(forms.Form):
    """The receipt of a hand-over noted without one."""

    reference = forms.CharField(label=_("Référence du reçu"), max_length=80)
    file = forms.FileField(
        label=_("Photo ou scan du reçu"),
        help_text=_("20 Mo au plus."),
        widget=forms.FileInput(attrs={"accept": "image/*,.pdf"}),
    )

    def clean_file(self) -> UploadedFile:
        """Refuse a heavy file before it is read."""
        return light_enough(self.cleaned_data["file"])


class DisseminationForm(forms.Form):
    """Copies handed over, to whom, where, when, with the receipt."""

    document_kind = forms.ChoiceField(label=_("Document"), choices=DocumentKind.choices)
    title = forms.CharField(
        label=_("Titre"), max_length=200, help_text=_("Tel qu'il est imprimé sur la couverture.")
    )
    edition = forms.CharField(
        label=_("Édition"), max_length=40, help_text=_("Numéro ou année : 2, ou 2026.")
    )
    copies = forms.IntegerField(
        label=_("Exemplaires remis"),
        min_value=1,
        max_value=1_000_000,
        localize=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    handed_on = day_field(_("Remis le"))
    territory = TerritoryField(label=_("Région ou cercle"))
    recipient = forms.CharField(
        label=_("Remis à"),
        max_length=160,
        help_text=_("Nom de la structure. Si elle est connue, elle est retrouvée ; sinon, créée."),
    )
    receipt_reference = forms.CharField(
        label=_("Référence du reçu"),
        max_length=80,
        required=False,
        help_text=_("Sans reçu, la remise est notée mais ne compte pas encore."),
    )
    receipt = forms.FileField(
        label=_("Photo ou scan du reçu"),
        required=False,
        help_text=_("20 Mo au plus."),
        widget=forms.FileInput(attrs={"accept": "image/*,.pdf"}),
    )
    uuid = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        own = territories_of(user)
        kwargs["initial"] = {
            "handed_on": timezone.localdate(),
            "territory": own[0].code if len(own) == 1 else "",
            "uuid": uuid.uuid4(),
        }
        super().__init__(*args, **kwargs)
        choices = territory_choices(territory_ids_in_scope(user))
        self.fields["territory"].choices = choices  # type: ignore[attr-defined]

    def clean_receipt(self) -> UploadedFile | None:
        """Refuse a heavy file before it is read."""
        upload = self.cleaned_data["receipt"]
        return light_enough(upload) if upload else None
