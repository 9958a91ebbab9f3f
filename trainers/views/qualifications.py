"""The committee grants and withdraws qualifications, and opens what proves them."""

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audience import audience
from accounts.enums import Audience
from accounts.models import User
from trainers.evidence import EvidenceRefused, open_evidence
from trainers.forms.registry import QualificationForm, WithdrawalForm
from trainers.models import Qualification, Trainer
from trainers.registry.records import QualificationRefused, grant_with_proof, withdraw_qualification


@audience(Audience.COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def qualification_grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Entitle a trainer to lead a curriculum, with the file that proves the ground."""
    trainers = Trainer.objects.filter(person__merged_into=None).select_related("person")
    trainer = get_object_or_404(trainers, pk=pk)
    form = QualificationForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _granted(request, trainer, form):
        return redirect("trainers:trainer", trainer.pk)
    context = {
        "form": form,
        "trainer": trainer,
        "trail": _trail(trainer, _("Accorder une habilitation")),
    }
    return render(request, "trainers/qualification_form.html", context)


@audience(Audience.COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def qualification_withdraw(request: HttpRequest, pk: int, qualification: int) -> HttpResponse:
    """End a qualification today, with a reason. The record of it stays."""
    found = _qualification(pk, qualification)
    if found.withdrawn_on is not None:
        messages.info(request, _("Cette habilitation est déjà retirée."))
        return redirect("trainers:trainer", pk)
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        withdraw_qualification(
            qualification=found, on=timezone.localdate(), reason=form.cleaned_data["reason"]
        )
        messages.success(request, _("L'habilitation est retirée."))
        return redirect("trainers:trainer", pk)
    context = {
        "form": form,
        "qualification": found,
        "trail": _trail(found.trainer, _("Retirer une habilitation")),
    }
    return render(request, "trainers/qualification_withdraw.html", context)


@audience(Audience.COMMITTEE)
@require_safe
def qualification_proof(request: HttpRequest, pk: int, qualification: int) -> HttpResponseBase:
    """Send the proof and log who asked for it."""
    found = get_object_or_404(
        Qualification.objects.select_related("proof").exclude(proof=None),
        pk=qualification,
        trainer=pk,
    )
    assert found.proof is not None
    return FileResponse(
        open_evidence(evidence=found.proof, user=_account(request)),
        as_attachment=True,
        filename=found.proof.original_name,
        content_type="application/octet-stream",
    )


def _granted(request: HttpRequest, trainer: Trainer, form: QualificationForm) -> bool:
    facts = form.cleaned_data
    try:
        qualification = grant_with_proof(
            trainer=trainer,
            curriculum=facts["curriculum"],
            basis=facts["basis"],
            granted_on=facts["granted_on"],
            months=facts["months"],
            granted_by=facts["granted_by"],
            content=facts["proof"].read(),
            name=facts["proof"].name,
            by=_account(request),
        )
    except EvidenceRefused as refusal:
        form.add_error("proof", str(refusal))
    except QualificationRefused as refusal:
        form.add_error(None, str(refusal))
    else:
        messages.success(
            request,
            _("L'habilitation est accordée jusqu'au %(day)s.")
            % {"day": qualification.expires_on.strftime("%d/%m/%Y")},
        )
        return True
    return False


def _qualification(trainer: int, pk: int) -> Qualification:
    known = Qualification.objects.select_related("trainer__person", "curriculum")
    return get_object_or_404(known, pk=pk, trainer=trainer)


def _account(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # stated by the audience
    return request.user


def _trail(trainer: Trainer, here: str) -> list[dict[str, str]]:
    return [
        {"url": reverse("trainers:directory"), "label": _("Répertoire des formateurs")},
        {"url": reverse("trainers:trainer", args=[trainer.pk]), "label": str(trainer)},
        {"url": "", "label": here},
    ]
