"""What the screens of the training plan share: its frame, its filters, the lines asked for."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import is_national, territories_of
from trainers.forms.plan_items import PlanFilter
from trainers.models import PlanItem
from trainers.national_plan.access import items_for, may_manage
from trainers.national_plan.activities import YEARS
from trainers.national_plan.board import Asked, Row, asked_for, rows_of
from trainers.national_plan.progress import LineState

STATE_KINDS = {
    LineState.LATE: "error",
    LineState.DUE_SOON: "accent",
    LineState.TO_VALIDATE: "info",
    LineState.TO_COME: "neutral",
    LineState.DONE: "success",
    LineState.CLOSED: "neutral",
}


@dataclass(frozen=True)
class Selection:
    """The lines that a screen is about, and the filter that says so."""

    form: PlanFilter
    asked: Asked
    items: QuerySet[PlanItem]
    rows: list[Row]
    day: datetime.date

    @property
    def is_filtered(self) -> bool:
        """Whether somebody chose more than the year."""
        return any(self.form.data.get(name) for name in self.form.fields if name != "annee")

    def link(self, name: str, **changes: object) -> str:
        """The address of another screen on the same lines, or on some of them."""
        kept = {field: self.form.data.get(field, "") for field in self.form.fields}
        asked = {key: value for key, value in {**kept, **changes}.items() if value is not None}
        return f"{reverse(f'trainers:{name}')}?{urlencode(asked)}"

    @property
    def period(self) -> str:
        """« Année 2026, au 26 novembre 2026 »."""
        year = self.asked.year
        day = date_format(self.day, "j F Y")
        if year is None:
            return _("Plan 2023-2027, au %(day)s") % {"day": day}
        return _("Année %(year)s, au %(day)s") % {"year": year, "day": day}


def selected(request: HttpRequest) -> Selection:
    """Read the filter; without any choice at all, the lines of this year."""
    day = timezone.localdate()
    usual: Mapping[str, Any] = {"annee": str(day.year)} if day.year in YEARS else {"annee": ""}
    form = PlanFilter({**usual, **request.GET.dict()})
    asked = form.asked()
    items = asked_for(items_for(request.user), asked)
    rows = rows_of(items, day)
    state = form.cleaned_data.get("etat") if form.is_valid() else ""
    if state:
        rows = [row for row in rows if row.state == state]
        items = items.filter(pk__in=[row.item.pk for row in rows])
    return Selection(form=form, asked=asked, items=items, rows=rows, day=day)


def plan_frame(user: User, current: str, chosen: Selection | None = None) -> dict[str, Any]:
    """What `trainers/plan/frame.html` shows; `current` is the name of the open screen."""
    screens = [
        ("plan_items", _("Lignes")),
        ("plan_progress", _("Avancement")),
        ("plan_work", _("Sessions et actions")),
        ("plan_expenses", _("Dépenses")),
        ("needs_surveys", _("Besoins")),
    ]
    if may_manage(user):
        screens.append(("plan_import", _("Import")))
    return {
        "lead": _scope(user),
        "tabs": [
            {
                "url": chosen.link(name)
                if chosen is not None and name.startswith("plan_") and name != "plan_import"
                else reverse(f"trainers:{name}"),
                "label": label,
                "is_current": name == current,
            }
            for name, label in screens
        ],
    }


def opened_item(request: HttpRequest, item_id: int) -> PlanItem:
    """The line of an address, 404 out of reach."""
    items = items_for(request.user).select_related(
        "activity", "topic", "category", "territory", "created_by"
    )
    return get_object_or_404(items, pk=item_id)


def _scope(user: User) -> str:
    if is_national(user):
        return _("Ce qui est prévu, ce qui est fait, ce que cela coûte, dans tout le pays.")
    names = ", ".join(territory.name for territory in territories_of(user))
    return _("Ce qui est prévu et fait dans votre territoire : %(names)s.") % {"names": names}
