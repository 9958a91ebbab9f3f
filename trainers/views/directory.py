"""The public directory of trainers: those who consent, and what one needs to call on them."""

import datetime
from typing import Any

from django.core.paginator import Paginator
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
from trainers.forms.directory import DirectoryFilter
from trainers.models import Qualification, Trainer
from trainers.registry.directory import filter_trainers, listed_trainers, with_profile
from trainers.registry.listing_consent import consented_on

PAGE_SIZE = 24


@audience(Audience.PUBLIC)
@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """Trainers by curriculum, region and language. No phone number, no address."""
    today = timezone.localdate()
    form = DirectoryFilter(request.GET)
    trainers = listed_trainers(today)
    if form.is_valid():
        asked = form.cleaned_data
        trainers = filter_trainers(
            trainers,
            day=today,
            curriculum=asked["curriculum"],
            territory=asked["region"],
            language=asked["langue"],
        )
    ordered = with_profile(trainers, today).order_by(
        "person__family_name", "person__given_name", "pk"
    )
    page = Paginator(ordered, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "cards": [_card(trainer) for trainer in page],
        "is_filtered": any(form.data.get(name) for name in form.fields),
        "is_keeper": belongs_to(request.user, Audience.COMMITTEE),
    }
    return render(request, "trainers/directory.html", context)


@audience(Audience.PUBLIC)
@require_safe
def trainer_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One trainer. Training staff also see who is not listed, and the phone number.

    The committee reads every qualification, past ones too, and finds the ways to change the record.
    """
    today = timezone.localdate()
    is_staff = belongs_to(request.user, Audience.TRAINING_STAFF)
    is_keeper = belongs_to(request.user, Audience.COMMITTEE)
    listed = listed_trainers(today)
    shown = Trainer.objects.filter(person__merged_into=None) if is_staff else listed
    trainer = get_object_or_404(with_profile(shown, today), pk=pk)
    is_listed = not is_staff or listed.filter(pk=pk).exists()
    context = {
        "trainer": trainer,
        "facts": [
            *_facts(trainer, is_staff=is_staff),
            *([_consent_in_words(trainer)] if is_keeper else []),
        ],
        "languages": sorted(trainer.languages.all(), key=lambda one: one.language),
        "qualifications": trainer.valid_qualifications,  # type: ignore[attr-defined]
        "is_listed": is_listed,
        "is_keeper": is_keeper,
        "kept": _kept_qualifications(trainer, today) if is_keeper else [],
        "trail": [
            {"url": reverse("trainers:directory"), "label": _("Répertoire des formateurs")},
            {"url": "", "label": str(trainer)},
        ],
    }
    response = render(request, "trainers/trainer.html", context)
    if is_staff:
        response.headers["Cache-Control"] = "private, no-store"
    return response


def _card(trainer: Any) -> dict[str, Any]:
    languages = [
        one.get_language_display()
        for one in sorted(trainer.languages.all(), key=lambda one: one.language)
        if one.can_animate
    ]
    titles = dict.fromkeys(one.curriculum.title for one in trainer.valid_qualifications)
    return {
        "pk": trainer.pk,
        "name": str(trainer.person),
        "base": trainer.base_territory.name if trainer.base_territory else "",
        "summary": _("Habilité : %(titles)s") % {"titles": ", ".join(titles)} if titles else "",
        "languages": _("Anime en %(names)s") % {"names": ", ".join(languages)} if languages else "",
    }


def _kept_qualifications(trainer: Trainer, day: datetime.date) -> list[dict[str, Any]]:
    """Every qualification, the latest first, with what it is worth that day in a word."""
    found = trainer.qualifications.select_related("curriculum", "proof")
    return [{"one": one, **_worth(one, day)} for one in found.order_by("-granted_on", "curriculum")]


def _worth(one: Qualification, day: datetime.date) -> dict[str, Any]:
    if one.withdrawn_on is not None:
        return {"label": _("Retirée"), "kind": "error", "is_open": False}
    if one.expires_on < day:
        return {"label": _("Échue"), "kind": "neutral", "is_open": False}
    if one.granted_on > day:
        return {"label": _("À venir"), "kind": "info", "is_open": True}
    return {"label": _("En cours"), "kind": "success", "is_open": True}


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
    travel = ", ".join(sorted(one.name for one in trainer.travel_territories.all()))
    base = trainer.base_territory.name if trainer.base_territory else ""
    facts = [
        (_("Basé à"), base),
        (_("Se déplace dans"), travel),
        (_("Spécialités"), trainer.specialities),
    ]
    if is_staff:
        facts.append((_("Téléphone"), trainer.person.phone))
        facts.append((_("État"), trainer.get_state_display()))
    return [{"term": term, "text": text} for term, text in facts if text]
