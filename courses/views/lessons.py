"""What a learner does in a lesson: answer its checks, note it as read, write a note."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from accounts.audience import audience
from accounts.enums import Audience
from courses.models import LessonPage, curriculum_of
from courses.notes import NoteRefused, write_note
from courses.progress import AnswerRefused, CheckUnanswered, answer_check
from courses.progress import complete_lesson as note_lesson_read
from courses.views.reader import learner_of

LONGEST_CHOICE = 4  # digits: Python refuses to read a number of thousands of them


@audience(Audience.LEARNER)
def complete_lesson(request: HttpRequest, lesson_id: int) -> HttpResponse:
    """Note the lesson as read, then go to the next one, or back to the curriculum after the last.

    Only a POST writes: who comes back here by a link finds the lesson again. With a check left
    without answer, the way back leads to that check.
    """
    lesson = get_object_or_404(LessonPage.objects.live(), pk=lesson_id)
    if request.method != "POST":
        return redirect(lesson.get_url(request))
    try:
        note_lesson_read(person=learner_of(request), lesson=lesson)
    except CheckUnanswered as refusal:
        messages.warning(request, str(refusal))
        return redirect(f"{lesson.get_url(request)}#{refusal.check.anchor}")
    curriculum = curriculum_of(lesson)
    outline = curriculum.outline(request, curriculum.run_of(request.user))
    _before, after = outline.around(lesson.pk)
    if outline.next_lesson is None:
        messages.success(request, _("Vous avez lu toutes les leçons de cette formation."))
        return redirect(curriculum.get_url(request))
    messages.success(request, _("« %(title)s » est notée comme lue.") % {"title": lesson.title})
    return redirect((after or outline.next_lesson).url)


@audience(Audience.LEARNER)
def answer_lesson_check(request: HttpRequest, lesson_id: int, block: str) -> HttpResponse:
    """Keep the answer to a check, then come back to it with what there is to say about it."""
    lesson = get_object_or_404(LessonPage.objects.live(), pk=lesson_id)
    here = lesson.get_url(request) or ""
    if request.method != "POST":
        return redirect(here)
    choice = request.POST.get("choix", "")
    if not choice.isdecimal() or len(choice) > LONGEST_CHOICE:
        messages.warning(request, _("Choisissez une réponse, puis vérifiez."))
        return redirect(f"{here}#verification-{block}")
    try:
        answer_check(person=learner_of(request), lesson=lesson, block=block, choice=int(choice))
    except AnswerRefused as refusal:
        messages.warning(request, str(refusal))
    return redirect(f"{here}#verification-{block}")


@audience(Audience.LEARNER)
def write_lesson_note(request: HttpRequest, lesson_id: int) -> HttpResponse:
    """Keep the reader's own note beside a lesson; an empty one takes it away."""
    lesson = get_object_or_404(LessonPage.objects.live(), pk=lesson_id)
    here = lesson.get_url(request) or ""
    if request.method != "POST":
        return redirect(f"{here}#note")
    try:
        note = write_note(
            person=learner_of(request), lesson=lesson, text=request.POST.get("note", "")
        )
    except NoteRefused as refusal:
        messages.error(request, str(refusal))
    else:
        kept = _("Votre note est enregistrée : vous seul la lisez.")
        messages.success(request, kept if note else _("Votre note est effacée."))
    return redirect(f"{here}#note")
