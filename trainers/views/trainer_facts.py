"""A trainer's qualifications, grounds, moves and activity, as the pages show them."""

import datetime
from typing import Any

from django.utils.formats import date_format, localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trainers.enums import QualificationBasis
from trainers.models import Qualification, Trainer, TrainerMove
from trainers.registry.activity import Activity
from trainers.registry.expiry import WINDOW_DAYS
from trainers.registry.qualifying import OBSERVATION_THRESHOLD


def qualification_rows(trainer: Trainer, day: datetime.date) -> list[dict[str, Any]]:
    """Every qualification, the latest first, with its worth in a word and what changed its term."""
    notes: dict[int, list[dict[str, Any]]] = {}
    changes = Qualification.history.filter(trainer=trainer.pk).exclude(history_change_reason=None)
    for pk, at, reason in changes.order_by("history_date", "history_id").values_list(
        "id", "history_date", "history_change_reason"
    ):
        if reason:
            notes.setdefault(pk, []).append({"at": at, "text": reason})
    found = trainer.qualifications.select_related("curriculum").order_by(
        "-granted_on", "curriculum"
    )
    return [{"one": one, "notes": notes.get(one.pk, []), **worth(one, day)} for one in found]


def worth(one: Qualification, day: datetime.date) -> dict[str, Any]:
    """`label` and `kind` of the badge; `is_open` while it may still be withdrawn."""
    if one.withdrawn_on is not None:
        return {"label": _("Retirée"), "kind": "error", "is_open": False}
    if one.expires_on < day:
        return {"label": _("Échue"), "kind": "neutral", "is_open": False}
    if one.granted_on > day:
        return {"label": _("À venir"), "kind": "info", "is_open": True}
    if (one.expires_on - day).days <= WINDOW_DAYS:
        return {"label": _("Échoit bientôt"), "kind": "warning", "is_open": True}
    return {"label": _("En cours"), "kind": "success", "is_open": True}


def ground_rows(trainer: Trainer) -> list[dict[str, Any]]:
    """Every ground, by curriculum then day; what was withdrawn, or does not count, says so."""
    found = trainer.grounds.select_related("curriculum", "session", "proof", "voided_by")
    rows = []
    for one in found.order_by("curriculum__title", "happened_on", "pk"):
        is_low = (
            one.basis == QualificationBasis.OBSERVATION and (one.score or 0) < OBSERVATION_THRESHOLD
        )
        rows.append({"one": one, "is_low": is_low, "threshold": OBSERVATION_THRESHOLD})
    return rows


def move_rows(trainer: Trainer) -> list[TrainerMove]:
    """The history of the state, the latest first."""
    return list(trainer.moves.select_related("author").order_by("-recorded_at", "-pk"))


def next_term(trainer: Any) -> str:
    """« 12 janvier 2029 (Comprendre…) » of the first qualification to run out; "" without any.

    `trainer.valid_qualifications` is read beforehand (`registry.directory.with_profile`).
    """
    held: list[Qualification] = sorted(
        trainer.valid_qualifications, key=lambda one: (one.expires_on, one.pk)
    )
    if not held:
        return ""
    return _("%(day)s, « %(curriculum)s »") % {
        "day": date_format(held[0].expires_on, "j F Y"),
        "curriculum": held[0].curriculum.title,
    }


def activity_stats(activity: Activity) -> list[dict[str, str]]:
    """The figures of a trainer, each with its unit and what it counts."""
    last = date_format(activity.last_on, "j F Y") if activity.last_on else _("aucune")
    return [
        {
            "label": _("Sessions animées"),
            "figure": localize(activity.sessions),
            "unit": ngettext("session", "sessions", activity.sessions),
            "note": ngettext(
                "dont %(validated)d validée ; %(led)s comme formateur principal",
                "dont %(validated)d validées ; %(led)s comme formateur principal",
                activity.validated,
            )
            % {"validated": activity.validated, "led": activity.led},
            "period": _("Dernière : %(day)s") % {"day": last},
        },
        {
            "label": _("Durée"),
            "figure": hours(activity.minutes),
            "unit": _("heures"),
            "note": _("de demi-journées en salle"),
            "period": "",
        },
        {
            "label": _("Participants"),
            "figure": localize(activity.present),
            "unit": ngettext("participation", "participations", activity.present),
            "note": _("présentes au moins une fois"),
            "period": "",
        },
    ]


def hours(minutes: int) -> str:
    """« 24 » or « 24,5 »."""
    return f"{minutes / 60:.1f}".rstrip("0").rstrip(".").replace(".", ",")
