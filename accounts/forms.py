"""Forms of the account pages."""

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.sign_in import username_for

IDENTIFIER_MAX_LENGTH = 254  # an e-mail address is the longest of the three


class SignInForm(LoginForm):
    """One identifier and one password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label=_("Adresse e-mail, téléphone ou matricule"),
            max_length=IDENTIFIER_MAX_LENGTH,
            widget=forms.TextInput(
                attrs={
                    "autocomplete": "username",
                    "autocapitalize": "none",
                    "autocorrect": "off",
                    "spellcheck": "false",
                }
            ),
        )
        self.fields["password"].label = _("Mot de passe")
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs.pop("placeholder", None)

    def user_credentials(self) -> dict[str, str]:
        """Return what allauth authenticates: the account's username and the password."""
        return {
            "username": username_for(self.cleaned_data["login"]),
            "password": self.cleaned_data["password"],
        }
