"""The committee keeps what founds a qualification, with its proof, and withdraws what is wrong."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audience import audience
from accounts.enums import Audience
from accounts.signed_in import account_of
from trainers.enums import QualificationLevel
from trainers.evidence import EvidenceRefused
from trainers.forms.registry import GroundForm, GroundVoidForm
from trainers.models import QualificationGround, Trainer
from trainers.registry.grounds import (
    GroundRefused,
    record_ground,
    unfounded_qualifications,
    void_ground,
    what_is_missing,
)
from trainers.views.kept_files import kept_file_answer


@audience(Audience.COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def ground_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what founds a qualification, with the file that proves it."""
    trainer = _trainer(pk)
    form = GroundForm(request.POST or None, request.FILES or None, trainer=trainer)
    if request.method == "POST" and form.is_valid() and _kept(request, trainer, form):
        return redirect("trainers:trainer", trainer.pk)
    context = {
        "form": form,
        "trainer": trainer,
        "trail": _trail(trainer, _("Ajouter un fondement")),
    }
    return render(request, "trainers/ground_form.html", context)


@audience(Audience.COMMITTEE)
@require_safe
def ground_proof(request: HttpRequest, pk: int, ground: int) -> HttpResponseBase:
    """Send the proof of a ground and log who asked for it."""
    found = get_object_or_404(
        QualificationGround.objects.select_related("proof").exclude(proof=None),
        pk=ground,
        trainer=pk,
    )
    assert found.proof is not None
    return kept_file_answer(found.proof, account_of(request))


@audience(Audience.COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def ground_void(request: HttpRequest, pk: int, ground: int) -> HttpResponse:
    """Withdraw a wrong ground, with a reason. The record of it stays, with its proof."""
    known = QualificationGround.objects.select_related("trainer__person", "curriculum", "session")
    found = get_object_or_404(known, pk=ground, trainer=pk)
    if found.voided_at is not None:
        messages.info(request, _("Ce fondement est déjà annulé."))
        return redirect("trainers:trainer", pk)
    form = GroundVoidForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        void_ground(ground=found, reason=form.cleaned_data["reason"], by=account_of(request))
        messages.success(request, _("Le fondement est annulé : il ne compte plus."))
        if unfounded_qualifications(found, timezone.localdate()):
            messages.warning(
                request,
                _("Une habilitation en cours reposait sur lui : voyez s'il faut la retirer."),
            )
        return redirect("trainers:trainer", pk)
    context = {
        "form": form,
        "ground": found,
        "trail": _trail(found.trainer, _("Annuler un fondement")),
    }
    return render(request, "trainers/ground_void.html", context)


def _kept(request: HttpRequest, trainer: Trainer, form: GroundForm) -> bool:
    facts = form.cleaned_data
    try:
        ground = record_ground(
            trainer=trainer,
            curriculum=facts["curriculum"],
            basis=facts["basis"],
            happened_on=facts["happened_on"],
            session=facts["session"],
            score=facts["score"],
            content=facts["proof"].read(),
            name=facts["proof"].name,
            by=account_of(request),
        )
    except EvidenceRefused as refusal:
        form.add_error("proof", str(refusal))
        return False
    except GroundRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    missing = what_is_missing(
        trainer=trainer,
        curriculum=ground.curriculum,
        level=QualificationLevel.LEAD,
        day=timezone.localdate(),
    )
    rest = " ".join(missing) or _(
        "Les trois fondements sont là : l'habilitation peut être accordée."
    )
    messages.success(request, _("Le fondement est gardé. %(rest)s") % {"rest": rest})
    return True


def _trainer(pk: int) -> Trainer:
    trainers = Trainer.objects.filter(person__merged_into=None).select_related("person")
    return get_object_or_404(trainers, pk=pk)


def _trail(trainer: Trainer, here: str) -> list[dict[str, str]]:
    return [
        {"url": reverse("trainers:directory"), "label": _("Répertoire des formateurs")},
        {"url": reverse("trainers:trainer", args=[trainer.pk]), "label": str(trainer)},
        {"url": "", "label": here},
    ]
