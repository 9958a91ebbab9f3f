"""The figures of the training plan as the screens show them, each with what it opens down to."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trainers.enums import SessionState
from trainers.forms.plan_items import label_of
from trainers.national_plan.amounts import fcfa, grouped, in_millions, signed_fcfa
from trainers.national_plan.board import Group, Row
from trainers.national_plan.item_workbook import state_words
from trainers.national_plan.progress import Total, percent, total_of
from trainers.national_plan.work import Work
from trainers.sessions.tabs import state_kind
from trainers.views.plan_pages import STATE_KINDS, Selection

HELD, VALIDATED, WAITING, OUTSIDE = "tenues", "validees", "a-valider", "hors-plan"  # `quoi`


def item_row(row: Row) -> dict[str, Any]:
    """One line as the tables show it."""
    item, done = row.item, row.line.done
    names = [one.name for one in (item.topic, item.category) if one is not None]
    return {
        "url": reverse("trainers:plan_item", args=[item.pk]),
        "title": " · ".join(names) or _("Tous thèmes, tous publics"),
        "territory": item.territory.name,
        "year": str(item.year),
        "due_on": item.due_on,
        "planned": item.planned_sessions,
        "held": done.held,
        "validated": done.validated,
        "people": grouped(done.people),
        "planned_people": "—" if item.planned_people is None else grouped(item.planned_people),
        "budget": fcfa(item.budget),
        "spent": fcfa(done.spent),
        "spent_short": in_millions(done.spent)[0],
        "spent_unit": in_millions(done.spent)[1],
        "is_over": item.budget is not None and done.spent > item.budget,
        "state": state_words()[row.state],
        "state_kind": STATE_KINDS[row.state],
    }


def work_row(work: Work) -> dict[str, Any]:
    """One session or event as the tables show it."""
    name = "event_plan" if work.is_event else "session_plan"
    return {
        "url": reverse(f"trainers:{name}", args=[work.code]),
        "item_url": reverse("trainers:plan_item", args=[work.item_id]) if work.item_id else "",
        "code": work.code,
        "title": work.title,
        "place": work.place,
        "day": work.day,
        "kind": _("Action") if work.is_event else _("Session"),
        "state": SessionState(work.state).label,
        "state_kind": state_kind(work.state),
        "is_held": work.is_held,
        "people": grouped(work.reached if work.is_event else work.present),
        "trained": "—" if work.is_event else grouped(work.trained),
    }


def tiles_of(chosen: Selection) -> list[dict[str, Any]]:
    """The four figures above a screen: what was held, who came, what it cost, what is late."""
    total = total_of([row.line for row in chosen.rows], chosen.day)
    shared = {"period": chosen.period, "n": f"n = {total.lines}"}
    return [
        {**tile, **shared} for tile in (*_work_tiles(total, chosen), *_money_tiles(total, chosen))
    ]


def _work_tiles(total: Total, chosen: Selection) -> list[dict[str, Any]]:
    done = total.done
    return [
        {
            "label": _("Sessions et actions tenues"),
            "figure": grouped(done.held),
            "unit": _("sur %(planned)s au plan") % {"planned": grouped(total.planned)},
            "note": _("validées : %(count)s") % {"count": grouped(done.validated)},
            "url": chosen.link("plan_work", quoi=HELD),
        },
        {
            "label": _("Personnes touchées"),
            "figure": grouped(total.aimed),
            "unit": _("sur %(planned)s au plan") % {"planned": grouped(total.people)},
            "note": _(
                "présences nominatives : %(present)s, dont formés : %(trained)s ; public sans "
                "noms : %(reached)s"
            )
            % {
                "present": grouped(done.present),
                "trained": grouped(done.trained),
                "reached": grouped(done.reached),
            },
            "url": chosen.link("plan_work", quoi=HELD),
        },
    ]


def _money_tiles(total: Total, chosen: Selection) -> list[dict[str, Any]]:
    figure, unit = in_millions(total.done.spent)
    lines = ngettext("%(n)s ligne", "%(n)s lignes", total.lines) % {"n": total.lines}
    return [
        {
            "label": _("Dépensé"),
            "figure": figure,
            "unit": unit,
            "note": _("%(spent)s sur un budget de %(budget)s")
            % {"spent": fcfa(total.done.spent), "budget": fcfa(total.budget)},
            "url": chosen.link("plan_expenses"),
        },
        {
            "label": _("En retard"),
            "figure": grouped(total.late),
            "unit": _("sur %(lines)s") % {"lines": lines},
            "note": _("jour limite passé, sessions non tenues"),
            "url": chosen.link("plan_items", etat="LATE"),
        },
    ]


def table_of(
    title: str, heading: str, groups: list[Group], chosen: Selection, field: str
) -> dict[str, Any]:
    """Totals as a table; the key of each group goes in that field of the filter."""
    return {
        "title": title,
        "heading": heading,
        "rows": [_group_row(group, chosen, field) for group in groups],
        "has_printed": any(group.printed is not None for group in groups),
    }


def unplanned_of(group: Group) -> dict[str, str]:
    """An activity of the plan of action that no line carries out yet."""
    return {"code": group.key, "label": group.label, "printed": fcfa(group.printed)}


def _group_row(group: Group, chosen: Selection, field: str) -> dict[str, Any]:
    total = group.total
    label = label_of(group.key, group.label) if field == "activite" else group.label
    only = {field: group.key}
    return {
        "label": label,
        "lines": total.lines,
        "lines_url": chosen.link("plan_items", **only),
        "planned": grouped(total.planned),
        "held": grouped(total.done.held),
        "held_url": chosen.link("plan_work", quoi=HELD, **only) if total.done.held else "",
        "validated": grouped(total.done.validated),
        "validated_url": chosen.link("plan_work", quoi=VALIDATED, **only)
        if total.done.validated
        else "",
        "rate": _rate(total),
        "people": grouped(total.aimed),
        "others": grouped(total.done.people - total.aimed)
        if total.done.people > total.aimed
        else "",
        "planned_people": grouped(total.people),
        "late": total.late,
        "late_url": chosen.link("plan_items", etat="LATE", **only),
        "budget": fcfa(total.budget) if total.lines else "—",
        "unknown": total.lines_without_budget,
        "printed": fcfa(group.printed),
        "difference": signed_fcfa(group.difference) if group.difference else "",
        "spent": fcfa(total.done.spent),
        "spent_url": chosen.link("plan_expenses", **only) if total.done.spent else "",
        "is_over": total.done.spent > total.budget > 0,
    }


def _rate(total: Total) -> str:
    share = percent(total.done.validated, total.planned)
    return "" if share is None else f"{share}\u202f%"
