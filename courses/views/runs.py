"""Follow a curriculum alone, give it up, close it when nothing is left to read."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audience import audience
from accounts.enums import Audience
from courses.enums import RunState
from courses.models import CourseRun, CurriculumPage
from courses.progress import LessonsLeft, close_run, leave_run, start_run
from courses.views.reader import learner_of


@audience(Audience.LEARNER)
def follow_curriculum(request: HttpRequest, curriculum_id: int) -> HttpResponse:
    """Enrol the reader in a curriculum, or come back to the run under way; twice is one run.

    « encore » begins again a curriculum already completed.
    """
    curricula = CurriculumPage.objects.live().filter(has_online_lessons=True)
    curriculum = get_object_or_404(curricula, pk=curriculum_id)
    here = curriculum.get_url(request)
    if request.method == "POST":
        start_run(
            person=learner_of(request), curriculum=curriculum, is_again="encore" in request.POST
        )
        messages.success(request, _("Vous suivez cette formation. Elle est dans « Mon espace »."))
    return redirect(here)


@audience(Audience.LEARNER)
@require_safe
def resume_curriculum(request: HttpRequest, run_id: int) -> HttpResponse:
    """Lead to the first lesson not yet read, or to the curriculum when none is left."""
    run = _own_run(request, run_id)
    following = run.curriculum.outline(request, run).next_lesson
    return redirect(following.url if following else run.curriculum.get_url(request) or "")


@audience(Audience.LEARNER)
@require_http_methods(["GET", "HEAD", "POST"])
def leave_curriculum(request: HttpRequest, run_id: int) -> HttpResponse:
    """Ask whether to give the run up; POST does it. What was read stays noted."""
    run = _own_run(request, run_id)
    here = run.curriculum.get_url(request) or ""
    if run.state != RunState.OPEN:
        return redirect(here)
    if request.method == "POST":
        leave_run(run=run)
        messages.success(request, _("Vous ne suivez plus cette formation."))
        return redirect(here)
    context = {"run": run, "here": here, "read": run.completions.count()}
    return render(request, "courses/leave_run.html", context)


@audience(Audience.LEARNER)
def close_curriculum(request: HttpRequest, run_id: int) -> HttpResponse:
    """Close a run whose last unread lesson was withdrawn."""
    run = _own_run(request, run_id)
    if request.method == "POST":
        try:
            close_run(run=run)
        except LessonsLeft as refusal:
            messages.warning(request, str(refusal))
    return redirect(run.curriculum.get_url(request) or "")


def _own_run(request: HttpRequest, run_id: int) -> CourseRun:
    """The reader's own run; anybody else's is not found."""
    runs = CourseRun.objects.of_person(learner_of(request).pk).select_related("curriculum")
    run = runs.filter(pk=run_id).first()
    if run is None:
        raise Http404
    return run
