"""Acts on structures: say what each one is."""

from collections.abc import Mapping

from django.db import transaction

from accounts.enums import OrganizationKind
from accounts.models import Organization


@transaction.atomic
def set_kinds(*, kinds: Mapping[int, str]) -> int:
    """Write the kind of each structure by id; "" says that it is not known; return how many moved.

    A code that is no `OrganizationKind` is left out: the form has refused it.
    """
    moved = 0
    for kind in {*OrganizationKind.values, ""}:
        ids = [pk for pk, wanted in kinds.items() if wanted == kind]
        moved += Organization.objects.filter(pk__in=ids).exclude(kind=kind).update(kind=kind)
    return moved
