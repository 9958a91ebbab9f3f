"""Partners' old reports: numbers without names, in a list of their own."""

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audience import audience
from accounts.enums import Audience
from accounts.file_answers import XLSX, file_answer
from accounts.models import User
from trainers.backlog.model_workbook import partner_report_model
from trainers.backlog.partner_import import (
    PartnerReportRefused,
    apply_partner_reports,
    check_partner_reports,
    record_partner_report,
)
from trainers.backlog.partner_list import partner_reports_for, totals_by_year
from trainers.enums import EvidenceKind
from trainers.evidence import EvidenceRefused, read_evidence, store_evidence
from trainers.forms.backlog import BacklogFileForm, PartnerReportFilter, PartnerReportForm
from trainers.models import PartnerReport
from trainers.views.import_files import import_files_for, is_confirmed, kept_upload
from trainers.views.kept_files import kept_file_answer
from trainers.workbooks import UnreadableWorkbook

PAGE_SIZE = 20


@audience(Audience.VALIDATORS)
@require_safe
def partner_reports(request: HttpRequest) -> HttpResponse:
    """The reports of the account's territory, their totals by year and region apart."""
    form = PartnerReportFilter(request.GET)
    reports = _filtered(partner_reports_for(request.user), form)
    context = {
        "form": form,
        "page": Paginator(reports, PAGE_SIZE).get_page(request.GET.get("page")),
        "totals": totals_by_year(reports),
        "is_filtered": any(form.data.get(name) for name in form.fields),
    }
    return render(request, "trainers/backlog/partner_reports.html", context)


@audience(Audience.VALIDATORS)
@require_http_methods(["GET", "HEAD", "POST"])
def partner_report_create(request: HttpRequest) -> HttpResponse:
    """Type one report; the same one sent twice is kept once."""
    assert isinstance(request.user, User)
    form = PartnerReportForm(request.POST or None, request.FILES or None, user=request.user)
    if request.method == "POST" and form.is_valid() and _recorded(form, request.user):
        messages.success(request, _("Le rapport est gardé, à part des personnes formées."))
        return redirect("trainers:partner_reports")
    return render(request, "trainers/backlog/partner_report_form.html", {"form": form})


@audience(Audience.VALIDATORS)
@require_http_methods(["GET", "HEAD", "POST"])
def partner_import(request: HttpRequest) -> HttpResponse:
    """First step: keep the file, then show what it says."""
    assert isinstance(request.user, User)
    form = BacklogFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        evidence = kept_upload(
            request,
            form,
            EvidenceKind.PARTNER_REPORT,
            partial(check_partner_reports, by=request.user),
        )
        if evidence is not None:
            return redirect("trainers:partner_import_preview", evidence.pk)
    return render(request, "trainers/backlog/partner_import.html", {"form": form})


@audience(Audience.VALIDATORS)
@require_http_methods(["GET", "HEAD", "POST"])
def partner_import_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Second step: each report with its refusals, then the button that keeps them."""
    assert isinstance(request.user, User)
    files = import_files_for(request.user, EvidenceKind.PARTNER_REPORT)
    evidence = get_object_or_404(files, pk=pk)
    content, name = read_evidence(evidence), evidence.original_name
    try:
        if is_confirmed(request, evidence):
            done = apply_partner_reports(content=content, name=name, by=request.user)
            return _applied(request, len(done.new))
        result = check_partner_reports(content=content, name=name, by=request.user)
    except (UnreadableWorkbook, PartnerReportRefused) as refusal:
        messages.error(request, str(refusal))
        return redirect("trainers:partner_import")
    context = {"evidence": evidence, "result": result, "can_apply": bool(result.new)}
    return render(request, "trainers/backlog/partner_import_preview.html", context)


@audience(Audience.VALIDATORS)
@require_safe
def partner_blank(request: HttpRequest) -> HttpResponse:
    """The workbook to fill in for partners' reports."""
    return file_answer(partner_report_model(), "rapports-partenaires.xlsx", XLSX)


@audience(Audience.VALIDATORS)
@require_safe
def partner_report_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send the file of a report and log who asked for it."""
    reports = partner_reports_for(request.user).filter(evidence__isnull=False)
    report: PartnerReport = get_object_or_404(reports, pk=pk)
    assert isinstance(request.user, User)
    assert report.evidence is not None
    return kept_file_answer(report.evidence, request.user)


def _filtered(
    reports: QuerySet[PartnerReport], form: PartnerReportFilter
) -> QuerySet[PartnerReport]:
    if not form.is_valid():
        return reports
    text, year = form.cleaned_data["q"].strip(), form.cleaned_data["annee"]
    if text:
        reports = reports.filter(Q(partner__icontains=text) | Q(title__icontains=text))
    return reports.filter(held_to__year=year) if year else reports


def _recorded(form: PartnerReportForm, user: User) -> bool:
    facts = form.cleaned_data
    upload = facts["file"]
    try:
        with transaction.atomic():
            record_partner_report(
                partner=facts["partner"],
                title=facts["title"],
                type=facts["type"],
                territory=facts["territory"],
                held_from=facts["held_from"],
                held_to=facts["held_to"],
                headcounts=form.headcounts(),
                evidence=upload
                and store_evidence(
                    kind=EvidenceKind.PARTNER_REPORT,
                    content=upload.read(),
                    name=upload.name,
                    by=user,
                ),
                by=user,
            )
    except PartnerReportRefused as refusal:
        form.add_error(None, str(refusal))
    except EvidenceRefused as refusal:
        form.add_error("file", str(refusal))
    else:
        return True
    return False


def _applied(request: HttpRequest, count: int) -> HttpResponse:
    if count:
        sentence = ngettext("%(count)d rapport gardé.", "%(count)d rapports gardés.", count)
        messages.success(request, sentence % {"count": count})
    else:
        messages.info(request, _("Ces rapports étaient déjà gardés : rien n'a changé."))
    return redirect("trainers:partner_reports")
