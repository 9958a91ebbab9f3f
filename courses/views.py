from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from accounts.audience import audience
from accounts.enums import Audience
from accounts.models import Person, User
from courses.models import LessonPage, curriculum_of
from courses.progress import complete_lesson as note_lesson_read


@audience(Audience.LEARNER)
def complete_lesson(request: HttpRequest, lesson_id: int) -> HttpResponse:
    """Note the lesson as read, then go to the next one, or back to the curriculum after the last.

    Only a POST writes: who comes back here by a link finds the lesson again.
    """
    lesson = get_object_or_404(LessonPage.objects.live(), pk=lesson_id)
    if request.method != "POST":
        return redirect(lesson.get_url(request))
    note_lesson_read(person=_learner(request), lesson=lesson)
    curriculum = curriculum_of(lesson)
    outline = curriculum.outline(request)
    _before, after = outline.around(lesson.pk)
    if outline.next_lesson is None:
        messages.success(request, _("Vous avez lu toutes les leçons de cette formation."))
        return redirect(curriculum.get_url(request))
    messages.success(request, _("« %(title)s » est notée comme lue.") % {"title": lesson.title})
    return redirect((after or outline.next_lesson).url)


def _learner(request: HttpRequest) -> Person:
    """The person behind the account; the view's audience has made sure that there is one."""
    assert isinstance(request.user, User)
    assert request.user.person is not None
    return request.user.person
