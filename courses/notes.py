"""Notes that a person writes for herself beside a lesson. Nobody else reads them, whatever role."""

import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from courses.models import LessonNote, LessonPage

MAX_LENGTH = 4000  # characters: a page of writing


class NoteRefused(ValueError):
    """The note is not kept; the text is a French sentence."""


@transaction.atomic
def write_note(
    *, person: Person, lesson: LessonPage, text: str, at: datetime.datetime | None = None
) -> LessonNote | None:
    """Keep the person's note beside the lesson in place of the one before; no text takes it away.

    The same text again changes nothing, not even its date. Raises NoteRefused when it is too long.
    """
    text = text.replace("\r\n", "\n").replace("\x00", "").strip()
    if len(text) > MAX_LENGTH:
        raise NoteRefused(
            _("Cette note est trop longue : %(max)d caractères au plus.") % {"max": MAX_LENGTH}
        )
    known = LessonNote.objects.select_for_update().filter(person=person, lesson=lesson).first()
    if not text:
        if known is not None:
            known.delete()
        return None
    if known is not None and known.text == text:
        return known
    note, _is_new = LessonNote.objects.update_or_create(
        person=person, lesson=lesson, defaults={"text": text, "written_at": at or timezone.now()}
    )
    return note


def notes_of(person: Person) -> QuerySet[LessonNote]:
    """The person's own notes, the last written first."""
    notes = LessonNote.objects.filter(person=person).select_related("lesson")
    return notes.order_by("-written_at", "-pk")


@transaction.atomic
def erase_note(*, note: LessonNote) -> None:
    """Erase a note for good: it is kept nowhere else."""
    note.delete()
