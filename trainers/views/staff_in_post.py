"""« Encore en poste », coverage of the jurisdictions, and what each structure is."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audience import audience
from accounts.enums import Audience
from accounts.file_answers import CSV, XLSX, file_answer
from accounts.models import Organization
from accounts.names import fold
from accounts.roles import is_national, territory_ids_in_scope
from accounts.structures import set_kinds
from trainers.forms.people import CoverageFilter, KindFilter, KindForm, PostFilter
from trainers.people.coverage import JURISDICTIONS, coverage_of
from trainers.people.post_export import post_csv, post_xlsx
from trainers.people.still_in_post import BY_ORGANIZATION, StillInPost, still_in_post
from trainers.views.opened import ids_of

PAGE_SIZE = 30


@audience(Audience.VALIDATORS)
@require_safe
def post_page(request: HttpRequest) -> HttpResponse:
    """By structure or by territory: trained people who serve, are due for refresh, or are gone."""
    form = PostFilter(request.GET)
    found = _still_in_post(request, form)
    page = _page(request, found.rows)
    context = {
        "form": form,
        "found": found,
        "page": page,
        "day": timezone.localdate(),
        "is_national": is_national(request.user),
        "trail": _trail(_("Encore en poste")),
    }
    return render(request, "trainers/people/still_in_post.html", context)


@audience(Audience.COMMITTEE)
@require_safe
def post_csv_file(request: HttpRequest) -> HttpResponse:
    """The whole table, as text."""
    content = post_csv(_still_in_post(request, PostFilter(request.GET)))
    return file_answer(content, "encore-en-poste.csv", CSV)


@audience(Audience.COMMITTEE)
@require_safe
def post_xlsx_file(request: HttpRequest) -> HttpResponse:
    """The whole table, as a workbook."""
    content = post_xlsx(_still_in_post(request, PostFilter(request.GET)))
    return file_answer(content, "encore-en-poste.xlsx", XLSX)


@audience(Audience.VALIDATORS)
@require_safe
def coverage_page(request: HttpRequest) -> HttpResponse:
    """Trained people in post in each jurisdiction, region or cercle: the empty ones first."""
    form = CoverageFilter(request.GET)
    kind = form.cleaned_data["par"] if form.is_valid() else ""
    found = coverage_of(
        kind=kind or JURISDICTIONS,
        scope=territory_ids_in_scope(request.user),
        is_masked=not is_national(request.user),
        **form.asked,
    )
    context = {
        "form": form,
        "found": found,
        "page": _page(request, found.rows),
        "total": len(found.rows),
        "day": timezone.localdate(),
        "is_national": is_national(request.user),
        "by_jurisdiction": (kind or JURISDICTIONS) == JURISDICTIONS,
        "trail": _trail(_("Couverture")),
    }
    return render(request, "trainers/people/coverage.html", context)


@audience(Audience.COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def structure_kinds(request: HttpRequest) -> HttpResponse:
    """Say what each structure is; its name proposes, a person confirms a page at a time."""
    asked = KindFilter(request.GET)
    structures = Organization.objects.select_related("territory")
    wanted = asked.cleaned_data if asked.is_valid() else {}
    if fold(wanted.get("q")):
        structures = structures.filter(name_key__contains=fold(wanted["q"]))
    if nature := wanted.get("nature"):
        structures = structures.filter(kind="" if nature == "SANS" else nature)
    ordered = structures.order_by("kind", "name_key", "pk")
    page = Paginator(ordered, PAGE_SIZE).get_page(request.GET.get("page"))
    shown = list(page)
    if request.method == "POST":  # the structures of the form, whatever the list has become
        sent = [name.removeprefix("kind_") for name in request.POST if name.startswith("kind_")]
        ids = ids_of(sent[:PAGE_SIZE])
        shown = list(Organization.objects.filter(pk__in=ids).select_related("territory"))
    form = KindForm(request.POST or None, organizations=shown)
    if request.method == "POST" and form.is_valid():
        moved = set_kinds(kinds=form.kinds)
        messages.success(
            request,
            ngettext("%(count)d structure changée.", "%(count)d structures changées.", moved)
            % {"count": moved},
        )
        return redirect(request.get_full_path())
    context = {
        "filter": asked,
        "is_filtered": any(wanted.values()),
        "page": page,
        "form": form,
        "has_rows": bool(shown),
        "trail": _trail(_("Nature des structures")),
    }
    return render(request, "trainers/people/structure_kinds.html", context)


def _still_in_post(request: HttpRequest, form: PostFilter) -> StillInPost:
    by = form.cleaned_data["par"] if form.is_valid() else ""
    return still_in_post(
        by=by or BY_ORGANIZATION,
        scope=territory_ids_in_scope(request.user),
        is_masked=not is_national(request.user),
        **form.asked,
    )


def _page(request: HttpRequest, rows: list[Any]) -> Page[Any]:
    return Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))


def _trail(last: str) -> list[dict[str, str]]:
    return [
        {"url": reverse("trainers:person_list"), "label": _("Personnes")},
        {"url": "", "label": last},
    ]
