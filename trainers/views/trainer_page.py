"""One trainer: the card everybody may read, then what the staff and the committee need."""

import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.audience import audience
from accounts.enums import Audience
from accounts.roles import belongs_to
from trainers.enums import TrainerState
from trainers.models import Trainer
from trainers.registry.activity import activity_of, sessions_of
from trainers.registry.directory import PRIVATE_SPECIALITIES, listed_trainers, with_profile
from trainers.registry.figures import gains_of
from trainers.registry.listing_consent import consented_on
from trainers.registry.own_standing import Standing, curricula_standing
from trainers.views.trainer_facts import (
    activity_stats,
    ground_rows,
    move_rows,
    next_term,
    qualification_rows,
)


@audience(Audience.PUBLIC)
@require_safe
def trainer_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One trainer. Training staff also see who is not listed, the phone number, what was done.

    Focal points and the committee read the gain of the participants; the committee alone reads
    past qualifications, their grounds, the moves, and finds the ways to change the record.
    """
    today = timezone.localdate()
    is_staff = belongs_to(request.user, Audience.TRAINING_STAFF)
    is_keeper = belongs_to(request.user, Audience.COMMITTEE)
    listed = listed_trainers(today)
    shown = Trainer.objects.filter(person__merged_into=None) if is_staff else listed
    trainer = get_object_or_404(with_profile(shown, today).prefetch_related("expertise"), pk=pk)
    context = {
        "trainer": trainer,
        "facts": [
            *_facts(trainer, is_staff=is_staff),
            *([_consent_in_words(trainer)] if is_keeper else []),
        ],
        "languages": sorted(trainer.languages.all(), key=lambda one: one.language),
        "qualifications": trainer.valid_qualifications,  # type: ignore[attr-defined]
        "is_listed": not is_staff or listed.filter(pk=pk).exists(),
        "is_keeper": is_keeper,
        "trail": [
            {"url": reverse("trainers:directory"), "label": _("Répertoire des formateurs")},
            {"url": "", "label": str(trainer)},
        ],
        "stats": activity_stats(activity_of(trainer, today)) if is_staff else [],
        "gains": gains_of(trainer) if belongs_to(request.user, Audience.VALIDATORS) else [],
        **(_for_keepers(trainer, today) if is_keeper else {"kept": []}),
    }
    response = render(request, "trainers/trainer.html", context)
    if is_staff:
        response.headers["Cache-Control"] = "private, no-store"
    return response


def _for_keepers(trainer: Trainer, day: datetime.date) -> dict[str, Any]:
    absent = trainer.unavailabilities.filter(ends_on__gte=day).order_by("starts_on")
    invitations = trainer.invitations.select_related("session").order_by("-asked_at", "-pk")
    return {
        "kept": qualification_rows(trainer, day),
        "grounds": ground_rows(trainer),
        "lacking": [one for one in _standing(trainer, day) if one.until is None],
        "moves": move_rows(trainer),
        "sessions": sessions_of(trainer),
        "invitations": list(invitations[:20]),
        "absent": list(absent),
        "is_suspended": trainer.state == TrainerState.SUSPENDED,
    }


def _standing(trainer: Trainer, day: datetime.date) -> list[Standing]:
    held = trainer.qualifications.select_related("curriculum")
    return curricula_standing(trainer, list(held), day)


def _consent_in_words(trainer: Trainer) -> dict[str, str]:
    day = consented_on(trainer)
    text = _("Pas d'accord donné")
    if day is not None:
        text = _("Accord du %(day)s, texte %(version)s") % {
            "day": date_format(day, "j F Y"),
            "version": trainer.listing_consent_version,
        }
    return {"term": _("Répertoire public"), "text": text}


def _facts(trainer: Trainer, *, is_staff: bool) -> list[dict[str, str]]:
    """What a card says. The register of special investigation is for training staff only."""
    travel = ", ".join(sorted(one.name for one in trainer.travel_territories.all()))
    base = trainer.base_territory.name if trainer.base_territory else ""
    registers = [
        one.get_speciality_display()
        for one in trainer.expertise.all()
        if is_staff or one.speciality not in PRIVATE_SPECIALITIES
    ]
    facts = [
        (_("Basé à"), base),
        (_("Se déplace dans"), travel),
        (_("Spécialités"), ", ".join([*sorted(registers), *_words(trainer)])),
    ]
    if is_staff:
        facts += [
            (_("Téléphone"), trainer.person.phone),
            (_("État"), trainer.get_state_display()),
            (_("Prochaine échéance"), next_term(trainer)),
        ]
    return [{"term": term, "text": text} for term, text in facts if text]


def _words(trainer: Trainer) -> list[str]:
    return [trainer.specialities] if trainer.specialities else []
