"""Who is signing in: one field for the e-mail address, the phone number or the matricule."""

from accounts.models import User
from accounts.phones import InvalidPhone, normalise_phone


def username_for(identifier: str) -> str:
    """Return the username of the account that `identifier` names, or `identifier` unchanged.

    An address is recognised by its "@", then a phone number as people write it ("76 12 34 56",
    "+223 76123456"), then the matricule in any case. Turning all three into the username makes the
    limit on failed attempts a limit per account. An unknown identifier is kept as typed: the
    password check refuses it in the same words and in the same time.
    """
    typed = identifier.strip()
    accounts = User.objects.filter(is_active=True)
    phone = None if "@" in typed else _phone(typed)
    lookups: list[dict[str, str]] = [{"username__iexact": typed}]
    if "@" in typed:
        lookups.insert(0, {"email__iexact": typed})
    elif phone:
        lookups.insert(0, {"phone": phone})
    for lookup in lookups:
        username = accounts.filter(**lookup).values_list("username", flat=True).first()
        if username:
            return username
    return typed


def _phone(typed: str) -> str | None:
    try:
        return normalise_phone(typed)
    except InvalidPhone:
        return None
