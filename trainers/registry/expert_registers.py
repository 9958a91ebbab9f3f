"""Who is entered in which register of experts: one query, whatever their number.

The plan asks for one: the experts of special investigation (activity of produit 3.2.1). No
indicator counts them, so nothing here feeds a figure.
"""

import datetime

from django.db.models import Max, Q

from trainers.models import TrainerSpeciality


def experts_by_register(day: datetime.date) -> dict[str, list[TrainerSpeciality]]:
    """The entries of each register by name, each with `until`: the last term held that day."""
    valid = Q(
        trainer__qualifications__granted_on__lte=day,
        trainer__qualifications__expires_on__gte=day,
        trainer__qualifications__withdrawn_on=None,
    )
    entries = (
        TrainerSpeciality.objects.filter(trainer__person__merged_into=None)
        .select_related("trainer__person", "trainer__base_territory")
        .annotate(until=Max("trainer__qualifications__expires_on", filter=valid))
        .order_by("trainer__person__family_name", "trainer__person__given_name", "pk")
    )
    found: dict[str, list[TrainerSpeciality]] = {}
    for one in entries:
        found.setdefault(one.speciality, []).append(one)
    return found
