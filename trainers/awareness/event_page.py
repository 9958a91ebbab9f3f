"""What the screens of awareness events show: the list with its totals, one event, its history."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Territory, User
from trainers.awareness.headcounts import AGE_BANDS, Grid, grid_of
from trainers.enums import Language, PollMethod, SessionState, YesNo
from trainers.models import AwarenessEvent, Evidence, Headcount, PlanActivity, PlanItem
from trainers.sessions.plan_lines import plan_item_in_words
from trainers.sessions.tabs import state_kind

Entry = dict[str, Any]


@dataclass(frozen=True)
class EventTotals:
    """People reached by the events of a list, without the cancelled ones."""

    events: int
    people: int
    validated_people: int


@dataclass(frozen=True)
class Share:
    """Right answers among answers, at one moment; `percent` is whole, None without answer."""

    label: str
    answers: int | None
    knowing: int | None

    @property
    def percent(self) -> int | None:
        return (
            round(self.knowing * 100 / self.answers)
            if self.answers and self.knowing is not None
            else None
        )


def filtered_events(
    events: QuerySet[AwarenessEvent], asked: dict[str, Any]
) -> QuerySet[AwarenessEvent]:
    """Keep what the filter of the list asks for."""
    if asked["q"]:
        text = asked["q"].strip()
        events = events.filter(
            Q(code__icontains=text) | Q(title__icontains=text) | Q(place__icontains=text)
        )
    if asked["nature"]:
        events = events.filter(kind=asked["nature"])
    if asked["etat"]:
        events = events.filter(state=asked["etat"])
    if asked["annee"]:
        events = events.filter(held_on__year=asked["annee"])
    if asked["region"]:
        within = Territory.objects.within(asked["region"])
        events = events.filter(territory__in=within.values("pk"))
    return events


def totals_of(events: QuerySet[AwarenessEvent]) -> EventTotals:
    """One query, whatever the number of events."""
    counted = events.exclude(state=SessionState.CANCELLED).aggregate(
        events=Count("pk", distinct=True),
        people=Sum("headcounts__people"),
        validated=Sum("headcounts__people", filter=Q(state=SessionState.VALIDATED)),
    )
    return EventTotals(counted["events"], counted["people"] or 0, counted["validated"] or 0)


def listed(events: QuerySet[AwarenessEvent]) -> QuerySet[AwarenessEvent]:
    """The latest first, each with its territory, its people and its number of proofs."""
    people = (
        Headcount.objects.filter(event=OuterRef("pk"))
        .values("event")
        .annotate(total=Sum("people"))
        .values("total")
    )
    proofs = (
        Evidence.objects.filter(event=OuterRef("pk"))
        .values("event")
        .annotate(total=Count("pk"))
        .values("total")
    )
    return (
        events.select_related("territory")
        .annotate(
            people=Coalesce(Subquery(people, output_field=IntegerField()), 0),
            proofs=Coalesce(Subquery(proofs, output_field=IntegerField()), 0),
        )
        .order_by("-held_on", "-pk")
    )


def row_of(event: Any) -> Entry:
    """One line of the list."""
    return {
        "code": event.code,
        "title": event.title,
        "kind": event.get_kind_display(),
        "day": date_format(event.held_on, "j F Y"),
        "place": ", ".join(part for part in (event.place, event.territory.name) if part),
        "state": state_words(event),
        "state_kind": state_kind(event.state),
        "people": event.people,
        "proofs": event.proofs,
    }


def state_words(event: AwarenessEvent) -> str:
    """The state of an event: one sent back with a question is said so."""
    return _("Renvoyée") if event.state == SessionState.RUNNING else event.get_state_display()


def question_asked(event: AwarenessEvent) -> str:
    """What the validator asks, until it is answered: one query."""
    if event.state != SessionState.RUNNING:
        return ""
    last = event.history.filter(state=SessionState.RUNNING).order_by("-history_id")
    return last.values_list("history_change_reason", flat=True).first() or ""


def grid_of_event(event: AwarenessEvent) -> Grid:
    """The headcounts of an event with their totals: one query."""
    rows = Headcount.objects.filter(event=event).values_list("sex", "age_band", "people")
    return grid_of({(sex, band): people for sex, band, people in rows})


def grid_rows(grid: Grid) -> list[Entry]:
    """The rows of a grid in words."""
    words = {"F": _("Femmes et filles"), "M": _("Hommes et garçons"), "": _("Non renseigné")}
    return [
        {"label": words[row.sex], "cells": _cells(row.people), "total": row.total}
        for row in grid.rows
    ]


def band_labels() -> list[str]:
    """The age bands in the order of the grid."""
    words = {
        "ADULT": _("18 ans et plus"),
        "UNDER_18": _("Moins de 18 ans"),
        "UNKNOWN": _("Âge non renseigné"),
    }
    return [words[band] for band in AGE_BANDS]


def _cells(people: Sequence[int]) -> list[Entry]:
    return [
        {"label": label, "people": count}
        for label, count in zip(band_labels(), people, strict=True)
    ]


def facts_of(event: AwarenessEvent) -> list[Entry]:
    """What is told of an event, as pairs of words; empty ones are left out."""
    pairs = (
        (_("Nature"), event.get_kind_display()),
        (_("Secteur"), event.get_sector_display()),
        (_("Date"), date_format(event.held_on, "l j F Y")),
        (_("Lieu"), ", ".join(part for part in (event.place, event.territory.name) if part)),
        (_("Thème"), event.get_theme_display()),
        (_("Langue"), Language(event.language).label if event.language in Language.values else ""),
        (_("Animée par"), event.held_by),
        (_("Saisie par"), str(event.encoded_by) if event.encoded_by else ""),
        (_("Activité du plan"), str(event.plan_activity) if event.plan_activity else ""),
        (
            _("Ligne du plan de formation"),
            plan_item_in_words(event.plan_item) if event.plan_item else "",
        ),
    )
    return [{"term": term, "text": text} for term, text in pairs if text]


def shares_of(event: AwarenessEvent) -> list[Share]:
    """Before and after, where something was asked: two crowds, never pairs."""
    shares = (
        Share(_("Avant"), event.pre_answers, event.pre_knowing),
        Share(_("Après"), event.post_answers, event.post_knowing),
    )
    return [share for share in shares if share.answers is not None]


def poll_words(event: AwarenessEvent) -> str:
    """How the question was asked."""
    return str(PollMethod(event.poll_method).label) if event.poll_method else ""


# --- Who changed what ------------------------------------------------------------------------

_TRACKED = (
    "code", "kind", "title", "territory_id", "place", "language", "theme", "sector", "held_on",
    "held_by", "plan_activity_id", "plan_item_id", "poll_method", "poll_question", "poll_answer",
    "pre_answers", "pre_knowing", "post_answers", "post_knowing", "cancellation_reason",
)  # fmt: skip


_PLAN_LINES = PlanItem.objects.select_related("activity", "territory", "topic", "category")
_COUNTED = frozenset({"pre_answers", "pre_knowing", "post_answers", "post_knowing"})


def history_of(event: AwarenessEvent) -> list[Entry]:
    """Who wrote what and when, the latest first; three queries whatever their number."""
    versions = list(event.history.select_related("history_user").order_by("history_id"))
    names = {
        "territory_id": Territory.objects.in_bulk([one.territory_id for one in versions]),
        "plan_activity_id": PlanActivity.objects.in_bulk(_ids(versions, "plan_activity_id")),
        "plan_item_id": {
            pk: plan_item_in_words(item)
            for pk, item in _PLAN_LINES.in_bulk(_ids(versions, "plan_item_id")).items()
        },
    }
    lines = []
    for before, after in zip([None, *versions], versions, strict=False):
        changes = [] if before is None else _changes(before, after, names)
        lines.append(
            {
                "at": after.history_date,
                "by": _writer(after.history_user),
                "what": after.history_change_reason or (_("Saisie") if before is None else ""),
                "changes": changes,
            }
        )
    return lines[::-1]


def _ids(versions: Sequence[Any], name: str) -> set[int]:
    return {value for one in versions if (value := getattr(one, name)) is not None}


def _writer(user: User | None) -> str:
    return str(user) if user is not None else _("la plateforme")


def _changes(before: Any, after: Any, names: dict[str, Any]) -> list[str]:
    return [
        _("%(field)s : « %(before)s », puis « %(after)s »")
        % {
            "field": _field_label(name),
            "before": _word(before, name, names),
            "after": _word(after, name, names),
        }
        for name in _TRACKED
        if getattr(before, name) != getattr(after, name)
        # The answers of the short form come one by one, from nobody that writes here.
        and not (name in _COUNTED and after.poll_method == PollMethod.SHORT_FORM)
    ]


def _field_label(name: str) -> str:
    field = AwarenessEvent._meta.get_field(name)
    return str(getattr(field, "verbose_name", name)).capitalize()


def _word(version: Any, name: str, names: dict[str, Any]) -> str:
    value = getattr(version, name)
    if value in (None, ""):
        return _("rien")
    if name in names:
        return str(names[name].get(value, value))
    if name == "held_on":
        return date_format(value, "j F Y")
    if name == "poll_answer":
        return str(YesNo(value).label)
    display = getattr(version, f"get_{name}_display", None)
    return str(display() if display is not None else value)
