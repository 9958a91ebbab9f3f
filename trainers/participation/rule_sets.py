"""Which version of the counting thresholds is in force on a day (domain §2)."""

import datetime
from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from trainers.models import RuleSet
from trainers.participation.ladder import Thresholds

FIRST_EFFECTIVE_ON = datetime.date(2023, 1, 1)


class NoRuleSet(LookupError):
    """No counting rule is in force that day; its text is a French sentence."""


@transaction.atomic
def create_first_rule_set() -> RuleSet:
    """Create version 1 when no rule exists: 6 h, 80 %, 70 points, 15 h, from 1 January 2023."""
    rule_set, _created = RuleSet.objects.get_or_create(
        version=1,
        defaults={
            "effective_on": FIRST_EFFECTIVE_ON,
            "min_hours": Decimal(6),
            "min_attendance": 80,
            "mastery": 70,
            "donor_hours": Decimal(15),
            "reason": _("Seuils de départ, proposés avec le plan d'action 2023-2027."),
        },
    )
    return rule_set


def rule_set_on(day: datetime.date) -> RuleSet:
    """Return the latest rule set that took effect on that day or before. Raises `NoRuleSet`."""
    rule_set = RuleSet.objects.filter(effective_on__lte=day).order_by("-effective_on").first()
    if rule_set is None:
        raise NoRuleSet(
            _(
                "Aucune règle de comptage n'est en vigueur le %(day)s : chargez d'abord le plan "
                "(manage.py load_plan)."
            )
            % {"day": day.strftime("%d/%m/%Y")}
        )
    return rule_set


def rule_sets_on(days: Iterable[datetime.date]) -> dict[datetime.date, RuleSet]:
    """Return the rule set of each day, as `rule_set_on` does, in one query. Raises `NoRuleSet`."""
    latest_first = list(RuleSet.objects.order_by("-effective_on"))
    found = {}
    for day in set(days):
        in_force = next((one for one in latest_first if one.effective_on <= day), None)
        found[day] = in_force or rule_set_on(day)
    return found


def thresholds_of(rule_set: RuleSet) -> Thresholds:
    """Return the plain values that the ladder decides with."""
    return Thresholds(
        min_hours=rule_set.min_hours,
        min_attendance=rule_set.min_attendance,
        mastery=rule_set.mastery,
        donor_hours=rule_set.donor_hours,
    )
