"""Who has done a test, now: for the trainer in the room. Only reads, never a score or an answer."""

from collections import Counter
from dataclasses import dataclass

from assessments.models import Attempt, SessionForm, TestForm
from assessments.session_tests import forms_of_session, is_open
from trainers.attendance.short_codes import short_code
from trainers.enums import LadderStatus
from trainers.models import Participation, TrainingSession


@dataclass(frozen=True)
class Waited:
    """Somebody whose copy is not in: begun or not, marked present or not yet."""

    name: str
    code: str
    form: str
    answered: int | None
    is_present: bool


@dataclass(frozen=True)
class FormCount:
    code: str
    handed_in: int
    begun: int
    total: int


@dataclass(frozen=True)
class LiveBoard:
    """`total` counts the list; `left` names whoever has not handed in, those present first."""

    is_open: bool
    handed_in: int
    begun: int
    total: int
    forms: list[FormCount]
    left: list[Waited]


def live_board(session: TrainingSession, occasion: str) -> LiveBoard:
    """Read the state of one test: six queries whatever the number of people."""
    rows = list(SessionForm.objects.filter(session=session, occasion=occasion))
    forms = forms_of_session(session, occasion)
    copies = {
        copy.participation_id: copy
        for copy in Attempt.objects.filter(participation__session=session, occasion=occasion)
    }
    people = Participation.objects.filter(session=session).select_related("person").order_by("pk")
    waited = [
        _waited(one, forms.get(one.pk), copies.get(one.pk))
        for one in people
        if one.pk not in copies or copies[one.pk].submitted_at is None
    ]
    handed_in = sum(copy.submitted_at is not None for copy in copies.values())
    return LiveBoard(
        is_open=any(is_open(row) for row in rows),
        handed_in=handed_in,
        begun=len(copies) - handed_in,
        total=len(people),
        forms=_by_form(forms, copies),
        left=sorted(waited, key=lambda one: not one.is_present),
    )


def _waited(one: Participation, form: TestForm | None, copy: Attempt | None) -> Waited:
    return Waited(
        name=str(one.person),
        code=short_code(one.pk),
        form=form.code if form else "",
        answered=None if copy is None else sum(answer is not None for answer in copy.responses),
        is_present=one.status != LadderStatus.ENROLLED,
    )


def _by_form(forms: dict[int, TestForm], copies: dict[int, Attempt]) -> list[FormCount]:
    names = {form.pk: form.code for form in forms.values()}
    total = Counter(form.pk for form in forms.values())
    done = Counter(copy.form_id for copy in copies.values() if copy.submitted_at is not None)
    begun = Counter(copy.form_id for copy in copies.values() if copy.submitted_at is None)
    return [
        FormCount(code, done[pk], begun[pk], total[pk])
        for pk, code in sorted(names.items(), key=lambda one: one[1])
    ]
