"""Acts of an administrator on an account that exists: new password, deactivation, reactivation."""

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from accounts.audit import log_act
from accounts.entrusted_roles import keep_an_administrator, refuse_technical_account
from accounts.first_passwords import first_password
from accounts.models import User
from accounts.people import AccountRefused


def password_stamp(user: User) -> str:
    """Return what changes with the password: a form that carries it can serve only once."""
    return salted_hmac("accounts.account_keeping", user.password, algorithm="sha256").hexdigest()


@sensitive_variables("password")
@transaction.atomic
def renew_password(*, user: User, stamp: str, by: User) -> str:
    """Give an account a new readable password and return it, the only time that it is known.

    Sessions opened with the old password end. Raises AccountRefused when `stamp` is no longer the
    account's: the form was sent twice, and only the first password would have been written down.
    """
    kept = User.objects.select_for_update().get(pk=user.pk)
    refuse_technical_account(kept)
    if kept.pk == by.pk:
        raise AccountRefused(_("Changez votre propre mot de passe depuis la page « Mon compte »."))
    if not constant_time_compare(stamp, password_stamp(kept)):
        raise AccountRefused(
            _(
                "Le mot de passe de %(user)s vient déjà d'être changé. S'il n'a pas été noté, "
                "faites-en un autre."
            )
            % {"user": kept}
        )
    password = first_password()
    kept.set_password(password)
    kept.save(update_fields=["password"])
    log_act("password_renewed", by=by, account=kept)
    return password


@transaction.atomic
def deactivate(*, user: User, by: User) -> User:
    """Close an account: nobody signs in with it, and its open sessions end; nothing is deleted.

    Doing it twice changes nothing. Raises AccountRefused for the last administrator.
    """
    refuse_technical_account(user)
    # Before the lock on this account: two administrators who close each other must not block.
    keep_an_administrator(besides=user)
    kept = User.objects.select_for_update().get(pk=user.pk)
    if not kept.is_active:
        return kept
    kept.is_active = False
    kept.save(update_fields=["is_active"])
    log_act("deactivated", by=by, account=kept)
    return kept


@transaction.atomic
def reactivate(*, user: User, by: User) -> User:
    """Open a closed account again, with the roles that have not ended since."""
    kept = User.objects.select_for_update().get(pk=user.pk)
    refuse_technical_account(kept)
    if kept.is_active:
        return kept
    kept.is_active = True
    kept.save(update_fields=["is_active"])
    log_act("reactivated", by=by, account=kept)
    return kept
