"""The committee's register: every certificate, in a room or alone, found by name or by number."""

from django.db.models import Q, QuerySet

from accounts.names import fold
from certificates.models import Certificate


def certificates_found(text: str) -> QuerySet[Certificate]:
    """Return the certificates whose person or number answers to the text, the last one first.

    A name is compared without accents nor order, today's name as well as that of a merged record;
    a number may be cut short.
    """
    found = Certificate.objects.order_by("-issued_at", "-pk")
    text = text.strip()
    if not text:
        return found
    if text[0].isdigit():
        return found.filter(number__istartswith=text)
    for word in fold(text).split():
        found = found.filter(
            Q(participation__person__name_key__contains=word)
            | Q(participation__person__merged_into__name_key__contains=word)
        )
    return found
