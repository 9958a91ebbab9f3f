"""The log of documents handed over: list with totals, entry, voiding, receipts."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.audience import audience
from accounts.enums import Audience
from accounts.models import User
from accounts.people import find_organization
from accounts.signed_in import account_of
from trainers.awareness.access import disseminations_for
from trainers.awareness.dissemination_board import (
    downloads_by_document,
    facts_of_line,
    filtered_disseminations,
    line_of,
    listed,
    totals_by_document,
    totals_by_region,
)
from trainers.awareness.disseminations import (
    DisseminationRefused,
    attach_receipt,
    record_dissemination,
    void_dissemination,
)
from trainers.evidence import EvidenceRefused
from trainers.forms.awareness import ReasonForm
from trainers.forms.disseminations import DisseminationFilter, DisseminationForm, ReceiptForm
from trainers.models import Dissemination
from trainers.views.kept_files import kept_file_answer

PAGE_SIZE = 20


@audience(Audience.VALIDATORS)
@require_safe
def dissemination_list(request: HttpRequest) -> HttpResponse:
    """What was handed over in the account's territory; downloads beside, never added."""
    form = DisseminationFilter(request.GET)
    log, year = disseminations_for(request.user), ""
    if form.is_valid():
        log, year = filtered_disseminations(log, form.cleaned_data), form.cleaned_data["annee"]
    page = Paginator(listed(log), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "lines": [line_of(handed) for handed in page],
        "documents": totals_by_document(log),
        "regions": totals_by_region(log),
        "downloads": downloads_by_document(year),
        "is_filtered": any(form.data.get(name) for name in form.fields),
    }
    return render(request, "trainers/dissemination_list.html", context)


@audience(Audience.VALIDATORS)
@require_http_methods(["GET", "HEAD", "POST"])
def dissemination_create(request: HttpRequest) -> HttpResponse:
    """Note copies handed over; the line is never changed afterwards."""
    user = account_of(request)
    form = DisseminationForm(request.POST or None, request.FILES or None, user=user)
    if request.method == "POST" and form.is_valid() and _recorded(form, user):
        messages.success(request, _("La remise est notée."))
        return redirect("trainers:dissemination_list")
    return render(request, "trainers/dissemination_form.html", {"form": form})


@audience(Audience.VALIDATORS)
@require_safe
def dissemination(request: HttpRequest, pk: int) -> HttpResponse:
    """One line of the log, with its receipt; the only thing to do is to void it."""
    handed = _opened(request, pk)
    context = {
        "line": line_of(handed),
        "facts": facts_of_line(handed),
        "form": ReasonForm(),
        "receipt_form": ReceiptForm(),
        "trail": [
            {"url": reverse("trainers:dissemination_list"), "label": _("Documents remis")},
            {"url": "", "label": handed.title},
        ],
    }
    return render(request, "trainers/dissemination.html", context)


@audience(Audience.VALIDATORS)
@require_POST
def dissemination_void(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a line noted by mistake out of the figures, with the reason."""
    handed = _opened(request, pk)
    try:
        void_dissemination(
            dissemination=handed, by=account_of(request), reason=request.POST.get("reason", "")
        )
    except DisseminationRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("La remise est annulée : elle ne compte plus."))
    return redirect("trainers:dissemination", pk)


@audience(Audience.VALIDATORS)
@require_POST
def dissemination_attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring the receipt of a hand-over noted without one."""
    handed = _opened(request, pk)
    form = ReceiptForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Il faut la référence du reçu et sa photo, 20 Mo au plus."))
        return redirect("trainers:dissemination", pk)
    upload = form.cleaned_data["file"]
    try:
        attach_receipt(
            dissemination=handed,
            reference=form.cleaned_data["reference"],
            receipt=(upload.name, upload.read()),
            by=account_of(request),
        )
    except (DisseminationRefused, EvidenceRefused) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Le reçu est gardé : la remise compte dans le plan."))
    return redirect("trainers:dissemination", pk)


@audience(Audience.VALIDATORS)
@require_safe
def dissemination_receipt(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send the file of a receipt and log who asked for it."""
    handed = _opened(request, pk)
    if handed.receipt is None:
        raise Http404
    return kept_file_answer(handed.receipt, account_of(request))


def _opened(request: HttpRequest, pk: int) -> Dissemination:
    log = disseminations_for(request.user)
    return get_object_or_404(
        log.select_related("territory", "recipient", "receipt", "recorded_by", "voided_by"), pk=pk
    )


def _recorded(form: DisseminationForm, user: User) -> bool:
    said = form.cleaned_data
    upload = said["receipt"]
    try:
        with transaction.atomic():
            record_dissemination(
                document_kind=said["document_kind"],
                title=said["title"],
                edition=said["edition"],
                copies=said["copies"],
                handed_on=said["handed_on"],
                territory=said["territory"],
                recipient=find_organization(name=said["recipient"], territory=said["territory"]),
                receipt_reference=said["receipt_reference"],
                receipt=(upload.name, upload.read()) if upload else None,
                uuid=said["uuid"],
                by=user,
            )
    except DisseminationRefused as refusal:
        form.add_error("handed_on", str(refusal))
        return False
    except EvidenceRefused as refusal:
        form.add_error("receipt", str(refusal))
        return False
    return True
