"""Acts on the lines of the training plan. Each change leaves a line of history with its reason."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from accounts.models import ProfessionCategory, Territory, User
from courses.models import Topic
from trainers.models import PlanActivity, PlanItem
from trainers.national_plan.activities import YEARS
from trainers.national_plan.amounts import MAX_AMOUNT

MAX_SESSIONS = 1_000
MAX_PEOPLE = 1_000_000
MAX_NOTE, MAX_REASON, MAX_CHANGE_REASON = 200, 200, 100
IDENTITY = ("activity", "year", "topic", "category", "territory", "due_on")


class ItemRefused(ValueError):
    """A line of the plan that cannot be written so; its text is a French sentence."""


@dataclass(frozen=True)
class ItemFacts:
    """What a line says: the first six make it one line; `budget` is in FCFA."""

    activity: PlanActivity
    year: int
    territory: Territory
    planned_sessions: int
    due_on: datetime.date
    topic: Topic | None = None
    category: ProfessionCategory | None = None
    planned_people: int | None = None
    budget: int | None = None
    note: str = ""


@transaction.atomic
def add_item(*, facts: ItemFacts, by: User | None = None, is_demo: bool = False) -> PlanItem:
    """Write a new line. Raises `ItemRefused`, also where the same line is already there."""
    refuse_unfit(facts)
    _refuse_twin(facts, None)
    item = PlanItem(created_by=by, is_demo=is_demo, **_fields(facts))
    _sign(item, by, _("Ligne inscrite"))
    return item


@transaction.atomic
def edit_item(
    *, item: PlanItem, facts: ItemFacts, by: User | None = None, reason: str = ""
) -> PlanItem:
    """Change a line; the same facts change nothing and leave no trace. Raises `ItemRefused`.

    Once sessions, events or expenses hang on it, a line keeps its activity, year and territory.
    """
    locked = lock_item(item)
    if not changed_fields(locked, facts):
        return locked
    _refuse_twin(facts, locked)
    _change(locked, facts)
    _sign(locked, by, reason)
    return locked


@transaction.atomic
def write_items(
    *,
    new: Sequence[ItemFacts],
    changed: Sequence[tuple[PlanItem, ItemFacts]],
    by: User | None = None,
    reason: str,
) -> None:
    """Write many lines at once, with the same rules and the same history as one by one.

    Raises `ItemRefused`, and then writes none.
    """
    for facts in new:
        refuse_unfit(facts)
    ids = [item.pk for item, _facts in changed]
    locked = PlanItem.objects.select_for_update(of=("self",)).in_bulk(ids)
    for item, facts in changed:
        held = locked.get(item.pk)
        if held is None:
            raise ItemRefused(_("Une ligne vient d'être retirée du plan : vérifiez de nouveau."))
        _change(held, facts)
    items = [PlanItem(created_by=by, **_fields(facts)) for facts in new]
    signed: dict[str, Any] = {"default_user": by, "default_change_reason": reason[:100]}
    try:
        with transaction.atomic():
            bulk_create_with_history(items, PlanItem, **signed)
            names = list(ItemFacts.__dataclass_fields__)
            bulk_update_with_history(list(locked.values()), PlanItem, names, **signed)
    except IntegrityError as refusal:
        raise ItemRefused(_twin_sentence()) from refusal


@transaction.atomic
def remove_item(*, item: PlanItem, by: User | None = None, reason: str) -> None:
    """Take a line out; its history stays. Raises `ItemRefused` where something hangs on it."""
    reason = _needed_reason(reason)
    locked = lock_item(item)
    if is_in_use(locked):
        raise ItemRefused(
            _("Des sessions ou des dépenses sont rattachées à cette ligne : fermez-la plutôt.")
        )
    _mark(locked, by, reason)
    locked.delete()


@transaction.atomic
def close_item(
    *, item: PlanItem, by: User | None = None, reason: str, on: datetime.date | None = None
) -> PlanItem:
    """Ask nothing more of a line; what was done stays. A closed line is left as it is."""
    reason = _needed_reason(reason)
    locked = lock_item(item)
    if locked.closed_on is not None:
        return locked
    locked.closed_on, locked.close_reason = on or timezone.localdate(), reason
    _sign(locked, by, reason)
    return locked


@transaction.atomic
def reopen_item(*, item: PlanItem, by: User | None = None, reason: str) -> PlanItem:
    """Ask again for what a closed line planned; an open line is left as it is."""
    reason = _needed_reason(reason)
    locked = lock_item(item)
    if locked.closed_on is None:
        return locked
    locked.closed_on, locked.close_reason = None, ""
    _sign(locked, by, reason)
    return locked


def lock_item(item: PlanItem) -> PlanItem:
    """Read the line again and keep every other writer waiting. Raises `ItemRefused` if gone."""
    found = PlanItem.objects.select_for_update(of=("self",)).filter(pk=item.pk)
    locked = found.select_related("activity", "territory").first()
    if locked is None:
        raise ItemRefused(_("Cette ligne vient d'être retirée du plan."))
    return locked


def is_in_use(item: PlanItem) -> bool:
    """Whether a session, an event or an expense hangs on the line, even voided or cancelled."""
    return item.sessions.exists() or item.events.exists() or item.expenses.exists()


def changed_fields(item: PlanItem, facts: ItemFacts) -> list[str]:
    """Names of the fields that these facts would change."""
    return [name for name, value in _fields(facts).items() if getattr(item, name) != value]


def twin_of(facts: ItemFacts) -> PlanItem | None:
    """The line already written for the same activity, year, theme, public, place and day."""
    identity = {name: getattr(facts, name) for name in IDENTITY}
    return PlanItem.objects.filter(**identity).first()


def refuse_unfit(facts: ItemFacts) -> None:
    """Raise `ItemRefused` for a line that says something impossible."""
    problems = problems_of(facts)
    if problems:
        raise ItemRefused(" ".join(problems))


def problems_of(facts: ItemFacts) -> list[str]:
    """What is impossible in a line, one French sentence each; [] when it can be written."""
    problems = []
    if facts.year not in YEARS:
        problems.append(_("Le plan va de 2023 à 2027 : vérifiez l'année."))
    elif facts.due_on.year != facts.year:
        problems.append(_("Le jour limite doit tomber dans l'année de la ligne."))
    if not 1 <= facts.planned_sessions <= MAX_SESSIONS:
        problems.append(_("Prévoyez de 1 à 1000 sessions ou actions."))
    if facts.planned_people is not None and not 0 < facts.planned_people <= MAX_PEOPLE:
        problems.append(_("Le nombre de personnes va de 1 à un million, ou reste vide."))
    if facts.budget is not None and not 0 <= facts.budget <= MAX_AMOUNT:
        problems.append(_("Vérifiez le budget : il semble hors de proportion."))
    if len(facts.note) > MAX_NOTE:
        problems.append(_("La note dépasse 200 caractères."))
    return problems


def _fields(facts: ItemFacts) -> dict[str, Any]:
    return {name: getattr(facts, name) for name in ItemFacts.__dataclass_fields__}


def _change(item: PlanItem, facts: ItemFacts) -> None:
    """Give a locked line these facts, unless they are refused to it; nothing is saved."""
    _refuse_closed(item)
    refuse_unfit(facts)
    moves = {"activity", "year", "territory"} & set(changed_fields(item, facts))
    if moves and is_in_use(item):
        raise ItemRefused(
            _(
                "Des sessions ou des dépenses sont rattachées à cette ligne : son activité, son "
                "année et son territoire ne changent plus."
            )
        )
    for name, value in _fields(facts).items():
        setattr(item, name, value)


def _refuse_twin(facts: ItemFacts, item: PlanItem | None) -> None:
    twin = twin_of(facts)
    if twin is not None and (item is None or twin.pk != item.pk):
        raise ItemRefused(_twin_sentence())


def _twin_sentence() -> str:
    return _(
        "Cette ligne existe déjà : même activité, année, thème, public, territoire et jour "
        "limite. Modifiez-la plutôt."
    )


def _refuse_closed(item: PlanItem) -> None:
    if item.closed_on is not None:
        raise ItemRefused(_("Cette ligne est close : rouvrez-la avant de la modifier."))


def _needed_reason(reason: str) -> str:
    kept = reason.strip()
    if not kept:
        raise ItemRefused(_("Dites pourquoi : le motif est gardé dans l'historique."))
    return kept[:MAX_REASON]


def _mark(item: PlanItem, by: User | None, reason: str) -> None:
    """The names that simple_history reads when it writes its line."""
    setattr(item, "_history_user", by)  # noqa: B010
    setattr(item, "_change_reason", reason[:MAX_CHANGE_REASON])  # noqa: B010


def _sign(item: PlanItem, by: User | None, reason: str) -> None:
    _mark(item, by, reason)
    try:
        with transaction.atomic():
            item.save()
    except IntegrityError as refusal:  # somebody else wrote the same line at the same moment
        raise ItemRefused(_twin_sentence()) from refusal
