"""The committee grants and withdraws qualifications."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.audience import audience
from accounts.enums import Audience
from accounts.signed_in import account_of
from trainers.forms.registry import QualificationForm, WithdrawalForm
from trainers.models import Qualification, Trainer
from trainers.registry.records import (
    QualificationRefused,
    grant_qualification,
    withdraw_qualification,
)
from trainers.views.trainer_facts import ground_rows


@audience(Audience.COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def qualification_grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Entitle a trainer to a curriculum: on the three grounds, or with the reason for less."""
    trainer = _trainer(pk)
    form = QualificationForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _granted(request, trainer, form):
        return redirect("trainers:trainer", trainer.pk)
    context = {
        "form": form,
        "trainer": trainer,
        "grounds": ground_rows(trainer),
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
            qualification=found,
            on=timezone.localdate(),
            reason=form.cleaned_data["reason"],
            by=account_of(request),
        )
        messages.success(request, _("L'habilitation est retirée."))
        return redirect("trainers:trainer", pk)
    context = {
        "form": form,
        "qualification": found,
        "trail": _trail(found.trainer, _("Retirer une habilitation")),
    }
    return render(request, "trainers/qualification_withdraw.html", context)


def _granted(request: HttpRequest, trainer: Trainer, form: QualificationForm) -> bool:
    try:
        qualification = grant_qualification(
            trainer=trainer, by=account_of(request), **form.cleaned_data
        )
    except QualificationRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(
        request,
        _("L'habilitation est accordée jusqu'au %(day)s.")
        % {"day": qualification.expires_on.strftime("%d/%m/%Y")},
    )
    return True


def _trainer(pk: int) -> Trainer:
    trainers = Trainer.objects.filter(person__merged_into=None).select_related("person")
    return get_object_or_404(trainers, pk=pk)


def _qualification(trainer: int, pk: int) -> Qualification:
    known = Qualification.objects.select_related("trainer__person", "curriculum")
    return get_object_or_404(known, pk=pk, trainer=trainer)


def _trail(trainer: Trainer, here: str) -> list[dict[str, str]]:
    return [
        {"url": reverse("trainers:directory"), "label": _("Répertoire des formateurs")},
        {"url": reverse("trainers:trainer", args=[trainer.pk]), "label": str(trainer)},
        {"url": "", "label": here},
    ]
