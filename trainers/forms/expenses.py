"""Form that writes down an expense."""

import uuid
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from trainers.evidence import ACCEPTED_SUFFIXES
from trainers.forms.attendance import light_enough
from trainers.forms.plan_items import DAY_INPUT, AmountField
from trainers.national_plan.expenses import Proof


class ExpenseForm(forms.Form):
    """What was paid, when, how much, and the file that shows it."""

    uuid = forms.UUIDField(widget=forms.HiddenInput)
    spent_on = forms.DateField(
        label=_("Date"), widget=forms.DateInput(attrs=DAY_INPUT, format="%Y-%m-%d")
    )
    label = forms.CharField(
        label=_("Objet"),
        max_length=160,
        help_text=_("Par exemple : location de la salle, deux jours."),
    )
    amount = AmountField(label=_("Montant (FCFA)"), help_text=_("Par exemple : 150 000."))
    proof = forms.FileField(
        label=_("Justificatif"),
        required=False,
        help_text=_("Facture, reçu ou état de paie : PDF ou photo, 20 Mo au plus."),
        widget=forms.FileInput(attrs={"accept": ",".join(sorted(ACCEPTED_SUFFIXES))}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"uuid": uuid.uuid4()})
        super().__init__(*args, **kwargs)

    def clean_proof(self) -> UploadedFile | None:
        """Refuse a heavy file before it is read."""
        upload = self.cleaned_data["proof"]
        return light_enough(upload) if upload else None

    def facts(self) -> dict[str, Any]:
        """The arguments of `record_expense`, once the form is valid."""
        facts = dict(self.cleaned_data)
        upload = facts["proof"]
        facts["proof"] = Proof(upload.read(), upload.name or "") if upload else None
        return facts
