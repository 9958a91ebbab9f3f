"""Which lines of the national training plan a session may answer: its year, its place."""

import datetime

from django.db.models import Q, QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.enums import TerritoryLevel
from accounts.models import Territory
from trainers.models import PlanItem


class PlanItemUnfit(ValueError):
    """A line of the plan of another year or another place; its text is a French sentence."""


def plan_items_for(*, territory: Territory | None, years: set[int]) -> QuerySet[PlanItem]:
    """Lines of those years, of the territory or of what holds it (region, country).

    Without a territory, all the lines of those years.
    """
    items = PlanItem.objects.filter(year__in=years)
    if territory is not None:
        holding = [territory.pk, territory.parent_id]
        items = items.filter(
            Q(territory__in=[pk for pk in holding if pk is not None])
            | Q(territory__level=TerritoryLevel.COUNTRY)
        )
    return items.select_related("activity", "topic", "category", "territory").order_by(
        "year", "territory__position", "due_on", "pk"
    )


def plan_item_in_words(item: PlanItem) -> str:
    """« 2026 · Ségou · Identification · Magistrats · 2 sessions avant le 30 juin »."""
    facts = [str(item.year), item.territory.name]
    facts += [str(one) for one in (item.topic, item.category) if one is not None]
    if item.topic is None:
        facts.append(Truncator(item.activity.label).chars(60))
    return " · ".join(facts)


def refuse_unfit_plan_item(
    item: PlanItem | None, *, territory: Territory, starts_on: datetime.date
) -> None:
    """Raise `PlanItemUnfit` when the line is not of that year and place."""
    if item is None:
        return
    fitting = plan_items_for(territory=territory, years={starts_on.year})
    if not fitting.filter(pk=item.pk).exists():
        raise PlanItemUnfit(
            _("Cette ligne du plan concerne une autre année ou un autre territoire que la session.")
        )
