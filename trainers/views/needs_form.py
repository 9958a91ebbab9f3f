"""The survey of needs for everybody: by a link or a QR code, without an account or a name."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audience import audience
from accounts.enums import Audience
from trainers.forms.needs import NeedsForm
from trainers.models import NeedsAnswer, NeedsSurvey
from trainers.national_plan.answer_limits import count_answer, is_exhausted
from trainers.national_plan.surveys import SurveyRefused, is_open, record_answer


@audience(Audience.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def needs_form(request: HttpRequest, survey_token: str) -> HttpResponse:
    """Answer once: the UUID of the form makes a second sending the same answer."""
    survey = get_object_or_404(NeedsSurvey, token=survey_token)
    if not is_open(survey, timezone.localdate()):
        return _unlisted(render(request, "trainers/needs/closed.html", {"survey": survey}))
    form = NeedsForm(request.POST) if request.method == "POST" else NeedsForm()
    if form.is_bound and form.is_valid():
        is_known = NeedsAnswer.objects.filter(uuid=form.cleaned_data["uuid"]).exists()
        if not is_known and is_exhausted(request):
            return render(request, "429.html", status=429)
        if _kept(form, survey):
            if not is_known:
                count_answer(request)
            return redirect("trainers:needs_thanks", survey.token)
    context = {"survey": survey, "form": form, "questions": list(form.questions())}
    return _unlisted(render(request, "trainers/needs/form.html", context))


@audience(Audience.PUBLIC)
@require_safe
def needs_thanks(request: HttpRequest, survey_token: str) -> HttpResponse:
    """Say that the answer arrived, and that another person may answer on the same phone."""
    survey = get_object_or_404(NeedsSurvey, token=survey_token)
    return _unlisted(render(request, "trainers/needs/thanks.html", {"survey": survey}))


def _kept(form: NeedsForm, survey: NeedsSurvey) -> bool:
    facts = form.cleaned_data
    try:
        record_answer(
            uuid=facts["uuid"],
            survey=survey,
            category=facts["category"],
            territory=facts["territory"],
            ratings=form.ratings(),
        )
    except SurveyRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _unlisted(response: HttpResponse) -> HttpResponse:
    """A link handed to some: no search engine lists it, no cache keeps its UUID for another."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
