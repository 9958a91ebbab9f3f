"""Forms: check a number, revoke a certificate."""

from django import forms
from django.utils.translation import gettext_lazy as _

from certificates.enums import RevocationCause
from certificates.issue import REASON_LENGTH
from certificates.numbers import UnreadableNumber, read_number


class NumberForm(forms.Form):
    """The number as it is printed; spaces and lower case do not matter."""

    number = forms.CharField(
        label=_("Numéro de l'attestation"),
        help_text=_("Il est imprimé à côté du code QR, par exemple 2026-00042-K7QXM-C."),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def clean_number(self) -> str:
        """Refuse a slip of the finger before any search."""
        try:
            return read_number(self.cleaned_data["number"])
        except UnreadableNumber as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class RegisterSearch(forms.Form):
    """Which certificates the register shows."""

    q = forms.CharField(
        label=_("Nom ou numéro"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


class RevocationForm(forms.Form):
    """Why a certificate is withdrawn: a cause for the public, a reason for the register."""

    cause = forms.ChoiceField(label=_("Cause, visible de tous"), choices=RevocationCause)
    reason = forms.CharField(
        label=_("Motif, gardé dans le registre"),
        help_text=_("Pour un nom mal écrit, dites la bonne orthographe et qui l'a confirmée."),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
