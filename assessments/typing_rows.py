"""The typing screen of paper copies, row by row in the order of the sheets. Reads, and one act."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from assessments.attempts import PaperCopy, record_paper_copies
from assessments.copy_corrections import FROM_PAPER
from assessments.form_key import form_key
from assessments.models import Attempt, CopyCorrection, SessionForm, TestForm
from assessments.session_tests import forms_of_session
from assessments.typed_letters import (
    TypedCopyRefused,
    as_typed,
    read_typed_copy,
    split_form_letter,
)
from trainers.attendance.short_codes import short_code
from trainers.enums import EntrySource
from trainers.models import Participation, TrainingSession


@dataclass
class TypedRow:
    """One participant: the copy recorded, or the line to type. `rank` is that of the sheets."""

    participation: Participation
    rank: int
    form: TestForm
    letters: tuple[str, ...]
    typed: str
    attempt: Attempt | None
    was_corrected: bool = False
    errors: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"copie-{self.participation.pk}"

    @property
    def code(self) -> str:
        return short_code(self.participation.pk)

    @property
    def is_recorded(self) -> bool:
        return self.attempt is not None

    @property
    def is_on_paper(self) -> bool:
        return self.attempt is not None and self.attempt.source in FROM_PAPER


def typed_rows(session: TrainingSession, occasion: str) -> list[TypedRow]:
    """The participants who have a form to answer, in the order in which the sheets are printed."""
    forms = forms_of_session(session, occasion)
    letters = {form.pk: form_key(form).letters for form in set(forms.values())}
    recorded = {
        attempt.participation_id: attempt
        for attempt in Attempt.objects.submitted().filter(
            participation__session=session, occasion=occasion
        )
    }
    corrected = set(
        CopyCorrection.objects.filter(
            attempt__participation__session=session, attempt__occasion=occasion
        ).values_list("attempt_id", flat=True)
    )
    people = Participation.objects.filter(session=session).select_related("person").order_by("pk")
    rows = []
    for rank, one in enumerate(people, start=1):
        if one.pk not in forms:
            continue
        copy = recorded.get(one.pk)
        row = TypedRow(
            participation=one,
            rank=rank,
            form=forms[one.pk],
            letters=letters[forms[one.pk].pk],
            typed=as_typed(copy.responses) if copy else "",
            attempt=copy,
            was_corrected=copy is not None and copy.pk in corrected,
        )
        rows.append(row)
    return rows


def forms_by_letter(session: TrainingSession, occasion: str) -> dict[str, TestForm]:
    """The forms planned for a test, by their letter: what « B: » before a line names."""
    rows = SessionForm.objects.filter(session=session, occasion=occasion).select_related("form")
    return {row.form.letter: row.form for row in rows if row.form.letter}


def read_line(
    text: str, form: TestForm, known: Mapping[str, TestForm]
) -> tuple[TestForm, tuple[str | None, ...]]:
    """The form and the answers of a typed line. Raises TypedCopyRefused."""
    letter, line = split_form_letter(text)
    if letter:
        if letter not in known:
            raise TypedCopyRefused(
                _("Il n'y a pas de formulaire %(letter)s dans ce test.") % {"letter": letter}
            )
        form = known[letter]
    return form, read_typed_copy(line, form_key(form).letters)


@transaction.atomic
def record_typed(
    *,
    session: TrainingSession,
    occasion: str,
    rows: list[TypedRow],
    lines: Mapping[str, str],
    by: User | None,
) -> int:
    """Record the good lines of the people without a copy; put what is wrong in `row.errors`.

    `lines` gives the line typed for `row.name`. Returns how many copies were recorded. Raises
    CopyRefused when the session no longer changes: nothing is written.
    """
    known = forms_by_letter(session, occasion)
    piles: dict[TestForm, list[PaperCopy]] = {}
    for row in rows:
        typed = lines.get(row.name, "").strip()
        if row.is_recorded or not typed:
            continue
        row.typed = typed
        try:
            form, responses = read_line(typed, row.form, known)
        except TypedCopyRefused as refusal:
            row.errors.append(str(refusal))
            continue
        piles.setdefault(form, []).append(PaperCopy(row.participation, responses))
    recorded: dict[int, Attempt] = {}
    for form, copies in piles.items():
        report = record_paper_copies(
            copies=copies, form=form, occasion=occasion, source=EntrySource.TYPED, by=by
        )
        recorded |= {one.participation_id: one for one in report.recorded}
    for row in rows:
        if row.participation.pk in recorded:
            row.attempt = recorded[row.participation.pk]
            row.typed = as_typed(row.attempt.responses)
    return len(recorded)
