"""Pages of the site around activities: play, hand in a result, import, approve."""

import json
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.audience import audience
from accounts.enums import Audience
from accounts.models import Person, User
from courses.activities.content_views import scorm_frame_url
from courses.activities.declared_scores import UnbelievableResult, read_declared
from courses.activities.forms import PackageForm
from courses.activities.library_approval import approve_libraries
from courses.activities.listing import listed_activities
from courses.activities.package_import import import_activity, package_limits
from courses.activities.playing import ActivityView, activity_for
from courses.activities.refusals import PackageRefused
from courses.activities.results import ResultRefused, last_results, record_result, run_for
from courses.activities.served_files import site_origin
from courses.activities.uploaded_package import PackageSizeHandler, lent_file
from courses.models import ActivityLibrary, ActivityVersion, LessonPage

MAX_RESULT_BYTES = 2_000
PER_PAGE = 25


@audience(Audience.PUBLIC)
@require_safe
def activity(request: HttpRequest, code: str) -> HttpResponse:
    """Play an activity in its frame. `?lecon=` names the lesson that led here: its results count
    as tries of that lesson's curriculum, for somebody who follows it."""
    shown = activity_for(code, site_host=request.get_host())
    if shown is None:
        raise Http404
    lesson = _lesson(request.GET.get("lecon", ""))
    person = getattr(request.user, "person", None)
    run = run_for(person=person, lesson=lesson) if person and lesson else None
    context: dict[str, Any] = {
        "activity": shown,
        "lesson": lesson,
        "lesson_url": lesson.get_url(request) if lesson else "",
        "is_kept": run is not None,
        "results": last_results(run=run, code=code) if run else [],
        "breadcrumb": _breadcrumb(request, lesson, shown.title),
    }
    if shown.closed or shown.version is None:
        return render(request, "courses/activities/activity.html", context)
    context["frame"] = frame = _frame(request, shown, shown.version)
    response = render(request, "courses/activities/activity.html", context)
    response._csp_update = {"frame-src": [frame["source"]]}  # type: ignore[attr-defined]
    return response


@audience(Audience.LEARNER)
@require_POST
def activity_results(request: HttpRequest, code: str) -> JsonResponse:
    """Keep what the page heard from its frame. The person is the session's, never the message's."""
    shown = activity_for(code)
    if shown is None or shown.version is None:
        raise Http404
    try:
        facts = json.loads(request.body) if len(request.body) <= MAX_RESULT_BYTES else None
    except (ValueError, RecursionError):
        facts = None
    if not isinstance(facts, dict):
        return JsonResponse({"message": _("Ce résultat n'est pas lisible.")}, status=400)
    lesson = _lesson(str(facts.get("lesson", "")))
    if lesson is None:
        return JsonResponse({"message": _("Cette leçon n'existe plus.")}, status=400)
    try:
        result = record_result(
            person=_learner(request),
            version=_version_played(shown, facts.get("version")),
            lesson=lesson,
            declared=read_declared(facts),
        )
    except UnbelievableResult as refusal:
        return JsonResponse({"message": str(refusal)}, status=400)
    except ResultRefused as refusal:
        return JsonResponse({"message": str(refusal)}, status=403)
    return JsonResponse({"message": result.sentence})


@audience(Audience.EDITORS)
@require_http_methods(["GET", "POST"])
@csrf_exempt  # the handler must be in place before the token is read: the next view checks it
def activity_list(request: HttpRequest) -> HttpResponse:
    """The activities, with what each plays or waits for; a POST imports a package."""
    handler = PackageSizeHandler(request, package_limits().package_bytes)
    request.upload_handlers.insert(0, handler)
    response: HttpResponse = _activity_list(request, handler)
    return response


@csrf_protect
def _activity_list(request: HttpRequest, handler: PackageSizeHandler) -> HttpResponse:
    form = PackageForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        if handler.was_exceeded:
            form = PackageForm(initial=request.POST)
            messages.error(request, _("Ce paquet dépasse 200 Mo : il est refusé."))
        elif form.is_valid() and _imported(request, form):
            return redirect("courses:activity_list")
    page = Paginator(listed_activities(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page}
    return render(request, "courses/activities/activity_list.html", context)


@audience(Audience.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def library_list(request: HttpRequest) -> HttpResponse:
    """Libraries that wait first; a POST approves those that were ticked."""
    if request.method == "POST":
        assert isinstance(request.user, User)
        ids = [
            int(key) for key in request.POST.getlist("library") if key.isascii() and key.isdigit()
        ]
        count = approve_libraries(ids=ids, by=request.user)
        text = ngettext(
            "%(count)d bibliothèque approuvée.", "%(count)d bibliothèques approuvées.", count
        )
        messages.success(request, text % {"count": count})
        return redirect("courses:library_list")
    libraries = ActivityLibrary.objects
    approved = libraries.exclude(approved_at=None).select_related("approved_by")
    pages = Paginator(approved.order_by("-approved_at", "pk"), PER_PAGE)
    context = {
        "waiting": libraries.waiting().order_by("machine_name", "major_version", "pk"),
        "page": pages.get_page(request.GET.get("page")),
    }
    return render(request, "courses/activities/library_list.html", context)


def _imported(request: HttpRequest, form: PackageForm) -> bool:
    """Import what the form holds; on a refusal, put the sentence beside the file."""
    assert isinstance(request.user, User)
    facts = form.cleaned_data
    try:
        with lent_file(facts["package"]) as path:
            version = import_activity(
                path=path, code=facts["code"], title=facts["title"], by=request.user
            )
    except PackageRefused as refusal:
        form.add_error("package", str(refusal))
        return False
    text = _("« %(title)s » est importée, version %(number)d.") % {
        "title": version.activity.title,
        "number": version.number,
    }
    messages.success(request, text)
    return True


def _frame(request: HttpRequest, shown: ActivityView, version: ActivityVersion) -> dict[str, str]:
    """Where the frame's page is, what it may do, and the origin that its messages come from."""
    if version.is_h5p:
        path = reverse("activity_content:h5p_frame", args=[version.sha256])
        site = site_origin(request)
        return {"url": path, "sandbox": "allow-scripts", "origin": "null", "source": site}
    origin = settings.CONTENT_ORIGIN.rstrip("/")
    return {
        "url": origin + scorm_frame_url(version, site_origin(request)),
        "sandbox": "allow-scripts allow-same-origin allow-forms",
        "origin": origin,
        "source": origin,
    }


def _version_played(shown: ActivityView, number: object) -> ActivityVersion:
    """The version that the page had opened: another may have come since."""
    assert shown.version is not None
    known = shown.version.activity.versions.select_related("activity")
    return get_object_or_404(known, number=number if isinstance(number, int) else -1)


def _lesson(key: str) -> LessonPage | None:
    if not (key.isascii() and key.isdigit() and len(key) < 10):
        return None
    return LessonPage.objects.live().filter(pk=int(key)).first()


def _breadcrumb(
    request: HttpRequest, lesson: LessonPage | None, title: str
) -> list[dict[str, str]]:
    items = [{"url": "/", "label": _("Accueil")}]
    if lesson is not None:
        items.append({"url": lesson.get_url(request) or "", "label": lesson.title})
    return [*items, {"url": "", "label": title}]


def _learner(request: HttpRequest) -> Person:
    """The person behind the account; the view's audience has made sure that there is one."""
    assert isinstance(request.user, User)
    assert request.user.person is not None
    return request.user.person
