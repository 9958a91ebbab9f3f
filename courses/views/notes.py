"""All of a person's notes on one page."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.audience import audience
from accounts.enums import Audience
from courses.notes import erase_note, notes_of
from courses.views.reader import learner_of

PAGE_SIZE = 20


@audience(Audience.LEARNER)
@require_safe
def my_notes(request: HttpRequest) -> HttpResponse:
    """The reader's notes, each with the way to its lesson."""
    page = Paginator(notes_of(learner_of(request)), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [
        {
            "note": note,
            "title": note.lesson.title,
            "url": note.lesson.get_url(request) if note.lesson.live else "",
        }
        for note in page
    ]
    return render(request, "courses/my_notes.html", {"page": page, "rows": rows})


@audience(Audience.LEARNER)
def delete_note(request: HttpRequest, note_id: int) -> HttpResponse:
    """Erase one of the reader's notes; somebody else's is not found."""
    note = get_object_or_404(notes_of(learner_of(request)), pk=note_id)
    if request.method == "POST":
        erase_note(note=note)
        messages.success(request, _("Votre note est effacée."))
    return redirect("courses:my_notes")
