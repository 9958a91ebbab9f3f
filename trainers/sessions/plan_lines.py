"""On which lines of the national training plan a session or an event may hang: the one rule.

The same year; the line's territory is the place, or holds it (its region, the country); the line is
open, or is the one on which it hangs already.
"""

import datetime

from django.db.models import Q, QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.enums import TerritoryLevel
from accounts.models import Territory
from trainers.models import PlanItem


class PlanItemUnfit(ValueError):
    """A line of the plan of another year or another place, or closed; a French sentence."""


def plan_items_for(
    *, territory: Territory | None, years: set[int], held: int | None = None
) -> QuerySet[PlanItem]:
    """Lines to choose from; `held`: the id of the line in force, shown even when it is closed.

    Without a territory, all the open lines of those years.
    """
    items = PlanItem.objects.filter(Q(closed_on=None) | Q(pk=held), year__in=years)
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
    item: PlanItem | None, *, territory: Territory, day: datetime.date, held: int | None = None
) -> None:
    """Raise `PlanItemUnfit` unless what is held that day at that place may hang on the line."""
    if item is None:
        return
    if item.closed_on is not None and item.pk != held:
        raise PlanItemUnfit(_("Cette ligne est close : rouvrez-la, ou choisissez-en une autre."))
    if day.year != item.year:
        raise PlanItemUnfit(
            _("La ligne est de %(year)s, et la date est de %(other)s : choisissez une autre ligne.")
            % {"year": item.year, "other": day.year}
        )
    if not _holds(item.territory, territory):
        raise PlanItemUnfit(
            _("%(place)s n'est pas dans le territoire de la ligne : %(territory)s.")
            % {"place": territory.name, "territory": item.territory.name}
        )


def _holds(outer: Territory, place: Territory) -> bool:
    return outer.level == TerritoryLevel.COUNTRY or outer.pk in (place.pk, place.parent_id)
