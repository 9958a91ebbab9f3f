"""The survey of needs for its holders: open it, hand it out, type papers, read the ranking."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audience import audience
from accounts.enums import Audience
from accounts.file_answers import file_answer
from accounts.models import ProfessionCategory, Territory
from accounts.signed_in import account_of
from courses.models import Topic
from courses.qr_codes import qr_svg
from trainers.forms.needs import PaperForm, SurveyDatesForm, SurveyForm
from trainers.models import NeedsSurvey
from trainers.national_plan.access import may_manage
from trainers.national_plan.activities import YEARS
from trainers.national_plan.needs_results import RankedGroup, given_in, results_of
from trainers.national_plan.needs_score import FRAGILE_UNDER, HIGHEST, Need
from trainers.national_plan.needs_sheet import needs_sheet
from trainers.national_plan.surveys import (
    SurveyRefused,
    is_open,
    open_survey,
    record_answer,
    set_survey_dates,
)
from trainers.views.plan_pages import plan_frame

TOP = 3
CATEGORY, TERRITORY = "public", "territoire"


@audience(Audience.VALIDATORS)
@require_http_methods(["GET", "HEAD", "POST"])
def needs_surveys(request: HttpRequest) -> HttpResponse:
    """The surveys, and for the committee the form that opens one."""
    user = account_of(request)
    form = SurveyForm(request.POST if may_manage(user) and request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            survey = open_survey(by=user, **form.cleaned_data)
        except SurveyRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("L'enquête est prête : diffusez son lien ou sa feuille."))
            return redirect("trainers:needs_survey", survey.pk)
    surveys = NeedsSurvey.objects.annotate(n=Count("answers")).order_by("-opens_on", "-pk")
    today = timezone.localdate()
    context = {
        "frame": plan_frame(user, "needs_surveys"),
        "rows": [{"survey": one, "n": one.n, "is_open": is_open(one, today)} for one in surveys],
        "form": form,
        "can_manage": may_manage(user),
    }
    return render(request, "trainers/needs/surveys.html", context)


@audience(Audience.VALIDATORS)
@require_http_methods(["GET", "HEAD", "POST"])
def needs_survey(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Topics ranked by need: in all, or for one profession or one territory; a way to the plan."""
    survey, user = _survey(survey_id), account_of(request)
    dates = SurveyDatesForm(
        request.POST if may_manage(user) and request.method == "POST" else None,
        initial={"opens_on": survey.opens_on, "closes_on": survey.closes_on},
    )
    if dates.is_bound and dates.is_valid():
        try:
            set_survey_dates(survey=survey, **dates.cleaned_data)
        except SurveyRefused as refusal:
            dates.add_error(None, str(refusal))
        else:
            messages.success(request, _("Les dates de l'enquête sont changées."))
            return redirect("trainers:needs_survey", survey.pk)
    address = _address(survey)
    context = {
        "frame": plan_frame(user, "needs_surveys"),
        "survey": survey,
        "is_open": is_open(survey, timezone.localdate()),
        "address": address,
        "dates": dates,
        "can_manage": may_manage(user),
        "highest": HIGHEST,
        "fragile_under": FRAGILE_UNDER,
        **_ranking(request, survey),
    }
    return render(request, "trainers/needs/results.html", context)


@audience(Audience.VALIDATORS)
@require_safe
def needs_paper(request: HttpRequest, survey_id: int) -> HttpResponse:
    """The survey on one page, to photocopy."""
    survey = _survey(survey_id)
    return file_answer(needs_sheet(survey, _address(survey)), "enquete-de-besoins.pdf")


@audience(Audience.VALIDATORS)
@require_safe
def needs_qr(request: HttpRequest, survey_id: int) -> HttpResponse:
    """The QR code of the public form, to show on a wall."""
    return HttpResponse(qr_svg(_address(_survey(survey_id))), content_type="image/svg+xml")


@audience(Audience.VALIDATORS)
@require_http_methods(["GET", "HEAD", "POST"])
def needs_typing(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Type one paper after the other, with the keyboard alone; the last choices are kept."""
    survey = _survey(survey_id)
    form = PaperForm(request.POST) if request.method == "POST" else PaperForm()
    if form.is_bound and form.is_valid():
        facts = form.cleaned_data
        try:
            record_answer(
                uuid=facts["uuid"],
                survey=survey,
                category=facts["category"],
                territory=facts["territory"],
                answered_on=facts["answered_on"],
                ratings=form.ratings(),
            )
        except SurveyRefused as refusal:
            form.add_error("answered_on", str(refusal))
        else:
            messages.success(request, _("Feuille enregistrée. Passez à la suivante."))
            kept = {
                "category": facts["category"].code if facts["category"] else "",
                "territory": facts["territory"].code if facts["territory"] else "",
                "answered_on": facts["answered_on"].isoformat(),
            }
            url = reverse("trainers:needs_typing", args=[survey.pk])
            return redirect(f"{url}?{urlencode(kept)}")
    if not form.is_bound:
        kept_names = ("category", "territory", "answered_on")
        form.initial.update({name: request.GET[name] for name in kept_names if name in request.GET})
    context = {
        "frame": plan_frame(account_of(request), "needs_surveys"),
        "survey": survey,
        "form": form,
        "questions": list(form.questions()),
        "n": survey.answers.count(),
    }
    return render(request, "trainers/needs/typing.html", context)


def _survey(survey_id: int) -> NeedsSurvey:
    return get_object_or_404(NeedsSurvey, pk=survey_id)


def _address(survey: NeedsSurvey) -> str:
    path = reverse("trainers:needs_form", args=[survey.token])
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path


def _ranking(request: HttpRequest, survey: NeedsSurvey) -> dict[str, Any]:
    """The whole ranking or that of one group; never two filters at once, which would uncover."""
    is_national = may_manage(request.user)
    results = results_of(given_in(survey), masked=not is_national)
    names = _names()
    group, label = results.whole, _("Toutes les réponses")
    kept: dict[str, str] = {}
    for field, groups in ((CATEGORY, results.by_category), (TERRITORY, results.by_territory)):
        asked = request.GET.get(field)
        found = [one for one in groups if one.key == asked and asked]
        if found and not kept:
            group, label = found[0], names[field][found[0].key]
            kept = {field: found[0].key}
    return {
        "label": label,
        "group": group,
        "is_part": bool(kept),
        "needs": [
            {"rank": rank, **_need_row(need, names["topic"], kept, survey)}
            for rank, need in enumerate(group.needs, start=1)
        ],
        "tables": [
            {
                "title": title,
                "rows": [_group_row(one, names[field], names["topic"], field) for one in groups],
            }
            for title, field, groups in (
                (_("Par profession"), CATEGORY, results.by_category),
                (_("Par territoire"), TERRITORY, results.by_territory),
            )
        ],
    }


def _names() -> dict[str, dict[str, str]]:
    unknown = {"": _("Non renseigné")}
    return {
        "topic": dict(Topic.objects.values_list("code", "name")),
        CATEGORY: dict(ProfessionCategory.objects.values_list("code", "name")) | unknown,
        TERRITORY: dict(Territory.objects.regions().values_list("code", "name")) | unknown,
    }


def _need_row(
    need: Need, topics: dict[str, str], kept: dict[str, str], survey: NeedsSurvey
) -> dict[str, Any]:
    score = f"{need.score:.1f}".replace(".", ",")
    note = _("Enquête « %(title)s » : besoin %(score)s sur 25 (n = %(n)s)") % {
        "title": survey.title[:60],
        "score": score,
        "n": need.n,
    }
    year = min(max(timezone.localdate().year + 1, YEARS[0]), YEARS[-1])
    prefilled = {"topic": need.topic, "year": year, "note": note}
    if CATEGORY in kept:
        prefilled["category"] = kept[CATEGORY]
    if TERRITORY in kept:
        prefilled["territory"] = kept[TERRITORY]
    return {
        "topic": topics[need.topic],
        "score": score,
        "percent": round(need.score * 100 / HIGHEST),
        "usefulness": f"{need.usefulness:.1f}".replace(".", ","),
        "ease": f"{need.ease:.1f}".replace(".", ","),
        "n": need.n,
        "is_fragile": need.is_fragile,
        "plan_url": f"{reverse('trainers:plan_item_new')}?{urlencode(prefilled)}",
    }


def _group_row(
    group: RankedGroup, names: dict[str, str], topics: dict[str, str], field: str
) -> dict[str, Any]:
    return {
        "label": names[group.key],
        "url": f"?{urlencode({field: group.key})}" if group.key and not group.is_hidden else "",
        "n": group.n,
        "is_hidden": group.is_hidden,
        "is_fragile": group.n is not None and group.n < FRAGILE_UNDER,
        "top": [topics[need.topic] for need in group.needs[:TOP]],
    }
