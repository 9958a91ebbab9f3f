"""What allauth asks of us: who may open an account, and how refusals are worded."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an import, a trainer or an administrator, never by a passer-by."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _(
            "Cet identifiant et ce mot de passe ne vont pas ensemble. Vérifiez les deux, ou "
            "demandez un nouveau mot de passe."
        ),
        "too_many_login_attempts": _(
            "Trop d'essais pour ce compte. Attendez cinq minutes, puis recommencez, ou demandez un "
            "nouveau mot de passe."
        ),
        "account_inactive": _("Ce compte est désactivé. Adressez-vous à votre point focal."),
        "incorrect_password": _("Ce mot de passe n'est pas le bon."),
        "rate_limited": _("Trop de demandes. Attendez une minute, puis recommencez."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse sign-up by the public."""
        return False
