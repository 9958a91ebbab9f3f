"""Screens of the plan: the matrix, one figure, and the records that justify it."""

import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.audience import audience
from accounts.enums import Audience
from accounts.models import Territory
from accounts.roles import AnyUser
from indicators.figure_detail import is_shown, needed_period, open_figure
from indicators.forms import CellFilterForm, MatrixFilterForm
from indicators.justification import (
    Openable,
    figure_words,
    filter_choices,
    filtered_items,
    ordered_by_session,
    participation_lines,
    record_lines,
)
from indicators.matrix import MatrixChoice, build_matrix, printed_gap_words
from indicators.measure_records import write_csv
from indicators.measuring import Observatory, open_observatory
from indicators.participation_record import read_participation
from indicators.periods import (
    PLAN_YEARS,
    Period,
    PeriodKind,
    UnknownPeriod,
    parse_period,
    whole_plan,
    year_period,
)
from indicators.plan_reading import PlannedIndicator, UnknownIndicator
from indicators.viewers import Viewer, viewer_of
from indicators.wording import period_words
from trainers.awareness.access import disseminations_for, events_for
from trainers.enums import SessionState
from trainers.models import Participation
from trainers.sessions.access import sessions_for

PER_PAGE = 50


@audience(Audience.FIGURES)
@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    """The 39 indicators, five years and the plan."""
    today = timezone.localdate()
    own = viewer_of(request.user)
    followed = {"annee": str(_year_followed(today))}
    form = MatrixFilterForm({**followed, **request.GET.dict()}, regions=own.regions())
    region = form.value("region")
    viewer = _narrowed(own, region)
    choice = MatrixChoice(
        focus=int(form.value("annee") or followed["annee"]),
        axis=int(form.value("axe")) if form.value("axe") else None,
        is_measured={"plateforme": True, "declare": False}.get(form.value("mesure")),
        query=f"?region={region}" if region else "",
        is_scoped=viewer.is_scoped,
    )
    shown = build_matrix(open_observatory(whole_plan(), viewer), choice, today=today)
    return render(
        request,
        "indicators/matrix.html",
        {"matrix": shown, "form": form, "viewer": viewer, "today": today},
    )


@audience(Audience.COMMITTEE)
@require_safe
def matrix_file(request: HttpRequest) -> HttpResponse:
    """The matrix as a CSV file: one line per indicator and period."""
    observatory = open_observatory(whole_plan(), viewer_of(request.user))
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="pan-tp-matrice.csv"'
    periods = [*(year_period(year) for year in PLAN_YEARS), whole_plan()]
    response.write("\N{ZERO WIDTH NO-BREAK SPACE}")  # Excel reads accents only with it
    write_csv([one for period in periods for one in observatory.measure_all(period)], response)
    return response


@audience(Audience.FIGURES)
@require_safe
def figure(request: HttpRequest, code: str, period: str) -> HttpResponse:
    """One figure: what it is worth, how it is worked out, what it rests on."""
    when = _period_or_404(period)
    region = request.GET.get("region", "")
    viewer = _narrowed(viewer_of(request.user), region)
    if not viewer.sees_part_of_a_year and when.kind not in {PeriodKind.YEAR, PeriodKind.PLAN}:
        raise Http404
    observatory = open_observatory(needed_period(when), viewer)
    planned = _indicator_or_404(observatory, code)
    detail = open_figure(
        observatory,
        planned,
        when,
        query=f"?region={region}" if region else "",
        today=timezone.localdate(),
    )
    return render(
        request,
        "indicators/figure.html",
        {
            "detail": detail,
            "indicator": planned.indicator,
            "viewer": viewer,
            "period": period_words(when),
            "is_shown": is_shown(detail.measure),
            "printed_gap": printed_gap_words(planned),
            "breadcrumb": [
                {"url": reverse("indicators:matrix"), "label": _("Plan d'action")},
                {"url": "", "label": f"{code} · {period_words(when)}"},
            ],
        },
    )


@audience(Audience.VALIDATORS)
@require_safe
def participations(request: HttpRequest, code: str, period: str) -> HttpResponse:
    """The participations, sessions, events or hand-overs behind a figure."""
    when = _period_or_404(period)
    observatory = open_observatory(when, viewer_of(request.user))
    planned = _indicator_or_404(observatory, code)
    if not planned.indicator.is_measured_here:
        raise Http404
    counted, facts = observatory.count(planned, when), observatory.during(when)
    form = CellFilterForm(request.GET, choices=filter_choices(observatory, counted))
    items = filtered_items(counted, form.filters())
    openable = _openable(request.user)
    rows = (
        ordered_by_session(items, facts)
        if counted.is_named
        else record_lines(items, counted.shape, openable)
    )
    page = Paginator[Any](rows, PER_PAGE).get_page(request.GET.get("page"))
    lines = list(page)
    if counted.is_named:
        lines = participation_lines(lines, counted, facts, openable.sessions)
    here = reverse("indicators:participations", args=[code, when.code])
    return render(
        request,
        "indicators/participations.html",
        {
            "form": form,
            "here": here,
            "page": page,
            "lines": lines,
            "is_named": counted.is_named,
            "total": "" if counted.is_named else figure_words(items, counted.shape),
            "indicator": planned.indicator,
            "period": period_words(when),
            "viewer": observatory.viewer,
            "breadcrumb": [
                {"url": reverse("indicators:matrix"), "label": _("Plan d'action")},
                {"url": reverse("indicators:figure", args=[code, when.code]), "label": code},
                {"url": "", "label": _("Justifier ce chiffre")},
            ],
        },
    )


def _openable(user: AnyUser) -> Openable:
    return Openable(
        sessions=sessions_for(user),
        events=events_for(user),
        disseminations=disseminations_for(user),
    )


@audience(Audience.VALIDATORS)
@require_safe
def participation(request: HttpRequest, participation_id: int) -> HttpResponse:
    """One participation: marks, copies, files, and the rung they lead to."""
    record = get_object_or_404(
        Participation.objects.filter(session__isnull=False).select_related(
            "person", "profession", "organization", "territory", "session__territory",
            "session__rule_set",
        ),
        pk=participation_id,
    )  # fmt: skip
    if not _may_open(request.user, record):
        raise PermissionDenied
    return render(
        request,
        "indicators/participation.html",
        {
            "record": read_participation(record),
            "can_open_session": sessions_for(request.user).filter(participations=record).exists(),
            "breadcrumb": [
                {"url": reverse("indicators:matrix"), "label": _("Plan d'action")},
                {"url": "", "label": record.person.full_name},
            ],
        },
    )


def _may_open(user: AnyUser, record: Participation) -> bool:
    """The committee opens all; a focal point, the validated ones posted in its territory."""
    viewer = viewer_of(user)
    if viewer.is_committee:
        return True
    is_within = viewer.territory_ids is None or record.territory_id in viewer.territory_ids
    assert record.session is not None
    return viewer.sees_names and is_within and record.session.state == SessionState.VALIDATED


def _narrowed(viewer: Viewer, region: str) -> Viewer:
    """The viewer looking at one region, where the address names one that it may choose."""
    if not region or not viewer.sees_names:
        return viewer
    chosen = Territory.objects.regions().filter(code=region).first()
    return viewer if chosen is None else viewer.narrowed(chosen)


def _year_followed(today: datetime.date) -> int:
    return min(max(today.year, PLAN_YEARS[0]), PLAN_YEARS[-1])


def _period_or_404(code: str) -> Period:
    try:
        return parse_period(code)
    except UnknownPeriod as error:
        raise Http404(str(error)) from error


def _indicator_or_404(observatory: Observatory, code: str) -> PlannedIndicator:
    try:
        return observatory.book.find(code)
    except UnknownIndicator as error:
        raise Http404(str(error)) from error
