"""The committee keeps the registry: find a person, write or correct their trainer record."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.account_search import PERSONS_SHOWN, persons_found
from accounts.account_wording import person_line
from accounts.audience import audience
from accounts.enums import Audience
from accounts.models import Person
from accounts.signed_in import account_of
from trainers.enums import TrainerState
from trainers.forms.registry import PersonSearch, StateForm, TrainerForm
from trainers.models import Trainer
from trainers.registry.listing_consent import state_consent
from trainers.registry.moves import lift_suspension, suspend_trainer
from trainers.registry.records import register_trainer


@audience(Audience.COMMITTEE)
@require_safe
def trainer_search(request: HttpRequest) -> HttpResponse:
    """First step of a new record: which person on record is it?"""
    form = PersonSearch(request.GET if "q" in request.GET else None)
    found = persons_found(form.cleaned_data["q"]) if form.is_valid() else []
    context = {
        "form": form,
        "is_searched": form.is_valid(),
        "rows": _rows(found[:PERSONS_SHOWN]),
        "has_more": len(found) > PERSONS_SHOWN,
        "trail": [_directory(), {"url": "", "label": _("Nouveau formateur")}],
    }
    return render(request, "trainers/trainer_search.html", context)


@audience(Audience.COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def trainer_create(request: HttpRequest, person_uuid: uuid.UUID) -> HttpResponse:
    """Second step: what the record says. A person has one record, which a repeated page finds."""
    person = get_object_or_404(Person.objects.kept(), uuid=person_uuid)
    known = Trainer.objects.filter(person=person).first()
    if known is not None:
        messages.info(request, _("%(person)s a déjà sa fiche.") % {"person": person})
        return redirect("trainers:trainer", known.pk)
    form = TrainerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _keep(request, person, form)
    trail = [
        _directory(),
        {"url": reverse("trainers:trainer_search"), "label": _("Nouveau formateur")},
        {"url": "", "label": str(person)},
    ]
    context = {
        "form": form,
        "title": _("Nouvelle fiche de formateur"),
        "lead": str(person),
        "trail": trail,
        "back_url": reverse("trainers:trainer_search"),
    }
    return render(request, "trainers/trainer_form.html", context)


@audience(Audience.COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def trainer_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a record: the same form, filled in."""
    trainers = Trainer.objects.filter(person__merged_into=None)
    trainer = get_object_or_404(trainers.select_related("person", "base_territory"), pk=pk)
    form = TrainerForm(request.POST or None, trainer=trainer)
    if request.method == "POST" and form.is_valid():
        return _keep(request, trainer.person, form)
    page = reverse("trainers:trainer", args=[trainer.pk])
    context = {
        "form": form,
        "title": _("Modifier la fiche"),
        "lead": str(trainer),
        "trail": [
            _directory(),
            {"url": page, "label": str(trainer)},
            {"url": "", "label": _("Modifier")},
        ],
        "back_url": page,
    }
    return render(request, "trainers/trainer_form.html", context)


@audience(Audience.COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def trainer_state(request: HttpRequest, pk: int) -> HttpResponse:
    """Suspend a trainer, or lift the suspension: always with a reason, kept in the history."""
    trainers = Trainer.objects.filter(person__merged_into=None).select_related("person")
    trainer = get_object_or_404(trainers, pk=pk)
    is_suspended = trainer.state == TrainerState.SUSPENDED
    form = StateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = lift_suspension if request.POST.get("act") == "lift" else suspend_trainer
        act(trainer=trainer, reason=form.cleaned_data["reason"], by=account_of(request))
        messages.success(
            request, _("État noté : %(state)s.") % {"state": trainer.get_state_display().lower()}
        )
        return redirect("trainers:trainer", trainer.pk)
    title = _("Lever la suspension") if is_suspended else _("Suspendre du répertoire")
    context = {
        "form": form,
        "trainer": trainer,
        "title": title,
        "is_suspended": is_suspended,
        "trail": [
            _directory(),
            {"url": reverse("trainers:trainer", args=[trainer.pk]), "label": str(trainer)},
            {"url": "", "label": title},
        ],
    }
    return render(request, "trainers/trainer_state.html", context)


def _keep(request: HttpRequest, person: Person, form: TrainerForm) -> HttpResponse:
    """Write the record and what it says of the directory, both or none."""
    facts = form.cleaned_data
    with transaction.atomic():
        trainer = register_trainer(
            person=person,
            base_territory=facts["base_territory"],
            travel=facts["travel"],
            languages=form.languages,
            expertise=facts["expertise"],
            specialities=facts["specialities"],
            by=account_of(request),
        )
        state_consent(trainer=trainer, given_on=facts["consented_on"])
    messages.success(
        request, _("La fiche de %(person)s est enregistrée.") % {"person": trainer.person}
    )
    return redirect("trainers:trainer", trainer.pk)


def _rows(persons: Sequence[Person]) -> list[dict[str, Any]]:
    """Each person with what tells them apart, and the address of the next step."""
    known = dict(
        Trainer.objects.filter(person__in=[person.pk for person in persons]).values_list(
            "person", "pk"
        )
    )
    rows = []
    for person in persons:
        line = person_line(person)
        trainer = known.get(person.pk)
        rows.append(
            {
                "line": line,
                "is_trainer": trainer is not None,
                "url": reverse("trainers:trainer", args=[trainer])
                if trainer
                else reverse("trainers:trainer_create", args=[person.uuid]),
            }
        )
    return rows


def _directory() -> dict[str, str]:
    return {"url": reverse("trainers:directory"), "label": _("Répertoire des formateurs")}
