"""Play one planned session through the acts of real use, flaws included."""

import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import Territory, User
from assessments.attempts import save_responses, start_attempt, submit_attempt
from assessments.enums import Occasion, SkillsUse
from assessments.follow_ups import answer_follow_up, send_follow_ups
from assessments.models import TestForm
from assessments.results_import import apply_results
from assessments.session_tests import forms_of_session, open_test, plan_tests
from courses.models import CurriculumPage
from elearning.demo.answers import answer_sheet, item_difficulties
from elearning.demo.people import DemoPerson
from elearning.demo.schedule import CURRICULA, REFERENCE_DAY, PlannedSession
from elearning.demo.workbooks import attendance_workbook, results_workbook
from trainers.attendance.log import MarkEntry, record_marks
from trainers.attendance.sheet_import import apply_attendance
from trainers.enums import EntrySource, EvidenceKind, SessionRole, SessionType
from trainers.evidence import store_evidence
from trainers.models import Participation, Trainer, TrainingSession
from trainers.registry.records import months_later
from trainers.sessions.checks import has_tests
from trainers.sessions.planning import (
    assign_trainer,
    cancel_session,
    create_session,
    explain_missing,
    submit_session,
    validate_session,
)

SLOT_MINUTES = 210
FUNDERS = ("Budget national", "Partenaire technique (démonstration)")
UNFINISHED = frozenset({"running", "planned", "cancelled"})
NOT_VALIDATED = frozenset({"no-signed-sheet", "no-report", "not-validated"})
NO_TEST_REASON = "Formulaires de ce curriculum en cours de validation (démonstration)."
KINDS_OF_A_SESSION = (
    EvidenceKind.TERMS_OF_REFERENCE,
    EvidenceKind.AGENDA,
    EvidenceKind.SIGNED_SHEET,
    EvidenceKind.REPORT,
)
MISSING_KIND = {
    "no-signed-sheet": EvidenceKind.SIGNED_SHEET,
    "no-report": EvidenceKind.REPORT,
}


@dataclass(frozen=True)
class FormBook:
    """A test form with what is needed to answer it."""

    form: TestForm
    key: list[str]
    letters: list[int]
    difficulties: list[float]

    @classmethod
    def of(cls, form: TestForm) -> "FormBook":
        items = list(form.items.order_by("position"))
        return cls(
            form=form,
            key=[_right_letter(item.choices) for item in items],
            letters=[len(item.choices) for item in items],
            difficulties=item_difficulties(len(items), seed=len(items)),
        )

    def sheet(self, draw: random.Random, ability: float) -> list[str]:
        return answer_sheet(
            draw,
            ability=ability,
            key=self.key,
            letters=self.letters,
            difficulties=self.difficulties,
        )


def _right_letter(choices: Sequence[dict[str, object]]) -> str:
    return next(chr(65 + rank) for rank, choice in enumerate(choices) if choice["is_correct"])


@dataclass(frozen=True)
class Cast:
    """Who makes the sessions happen: trainers, the account that validates, the one that encodes."""

    trainers: Sequence[Trainer]
    committee: User
    encoder: User


@dataclass
class SessionPlay:
    """One planned session played through the acts of real use, as far as its flaw lets it go."""

    draw: random.Random
    planned: PlannedSession
    people: Sequence[DemoPerson]
    cast: Cast
    forms: Sequence[FormBook]

    @property
    def is_tested(self) -> bool:
        return self.planned.has_online_forms and self.planned.kind != SessionType.AWARENESS

    def play(self) -> TrainingSession:
        """From the opening of the session to its validation and its follow-up."""
        session = self._open()
        if self.is_tested:
            forms = [book.form for book in self.forms]
            plan_tests(session=session, pre=forms, post=forms)
        if self.planned.flaw in UNFINISHED:
            self._leave_unfinished(session)
            return session
        self._import_attendance(
            session, _presence(self.draw, self.people, self.planned.slots), name="presence"
        )
        if self.is_tested:
            self._record_tests(session)
        else:
            explain_missing(session=session, no_test_reason=NO_TEST_REASON)
        self._add_evidence(session)
        submit_session(session=session, by=self.cast.encoder)
        if self.planned.flaw not in NOT_VALIDATED:
            session = validate_session(
                session=session, by=self.cast.committee, has_tests=has_tests(session)
            )
            self._follow_up(session)
        return session

    def _open(self) -> TrainingSession:
        curriculum = CurriculumPage.objects.get(slug=CURRICULA[self.planned.curriculum])
        session = create_session(
            code=self.planned.code,
            curriculum=curriculum,
            starts_on=self.planned.starts_on,
            slot_count=self.planned.slots,
            slot_minutes=SLOT_MINUTES,
            territory=Territory.objects.get(code=self.planned.region),
            type=self.planned.kind,
            venue="Salle de réunion du gouvernorat (démonstration)",
            seats=40,
            funder=self.draw.choice(FUNDERS),
            encoded_by=self.cast.encoder,
            is_demo=True,
        )
        able = [one for one in self.cast.trainers if is_qualified(one, session)]
        near = [one for one in able if one.base_territory_id == session.territory_id]
        lead = self.draw.choice(near or able)
        assign_trainer(session=session, trainer=lead, role=SessionRole.LEAD_TRAINER)
        others = [one for one in self.cast.trainers if one != lead]
        if others:
            second = self.draw.choice(others)
            assign_trainer(session=session, trainer=second, role=SessionRole.CO_TRAINER)
        return session

    def _import_attendance(
        self, session: TrainingSession, presence: Sequence[Sequence[bool]], *, name: str
    ) -> None:
        content = attendance_workbook(
            self.draw,
            code=self.planned.code,
            people=self.people,
            presence=presence,
            slots=self.planned.slots,
        )
        apply_attendance(
            session=session,
            content=content,
            name=f"{name}-{self.planned.code}.xlsx",
            by=self.cast.encoder,
        )

    def _record_tests(self, session: TrainingSession) -> None:
        """Counterbalanced copies on paper: one workbook per form and occasion."""
        by_phone = {f"+223{person.phone}": person for person in self.people}
        attended = Participation.objects.filter(session=session, contact_minutes__gt=0)
        present = list(attended.select_related("person").order_by("pk"))
        room_gain = self.draw.gauss(1.05, 0.22)
        for occasion, usual_share in ((Occasion.PRE, 0.95), (Occasion.POST, 0.92)):
            is_deserted = self.planned.flaw == "few-pairs" and occasion == Occasion.POST
            share = 0.45 if is_deserted else usual_share
            forms = forms_of_session(session, occasion)
            sheets: dict[str, list[tuple[DemoPerson, list[str]]]] = {}
            for participation in present:
                person = by_phone.get(participation.person.phone)
                form = forms.get(participation.pk)
                if person is None or form is None or self.draw.random() > share:
                    continue
                ability = person.ability - 0.35
                if occasion == Occasion.POST:
                    ability += max(0.0, self.draw.gauss(room_gain, 0.45))
                sheet = self._book(form).sheet(self.draw, ability)
                sheets.setdefault(form.code, []).append((person, sheet))
            self._import_copies(session, occasion, sheets)

    def _book(self, form: TestForm) -> FormBook:
        return next(book for book in self.forms if book.form.pk == form.pk)

    def _import_copies(
        self,
        session: TrainingSession,
        occasion: str,
        sheets: dict[str, list[tuple[DemoPerson, list[str]]]],
    ) -> None:
        for book in self.forms:
            copies = sheets.get(book.form.code, [])
            if not copies:
                continue
            if self.planned.flaw == "twin-sheets" and len(copies) > 1:
                copies[1] = (copies[1][0], copies[0][1])
            apply_results(
                session=session,
                form=book.form,
                occasion=occasion,
                content=results_workbook(self.draw, copies=copies, items=len(book.key)),
                name=f"{occasion.lower()}-{self.planned.code}-{book.form.code}.xlsx",
                by=self.cast.encoder,
            )

    def _add_evidence(self, session: TrainingSession) -> None:
        for kind in KINDS_OF_A_SESSION:
            if kind != MISSING_KIND.get(self.planned.flaw):
                store_evidence(
                    kind=kind,
                    content=f"Pièce fictive - {kind} - {self.planned.code}\n".encode(),
                    name=f"{kind.lower()}-{self.planned.code}.txt",
                    session=session,
                    by=self.cast.encoder,
                )

    def _follow_up(self, session: TrainingSession) -> None:
        """At three months, about half answer, and most of these use what they learnt."""
        sent_on = months_later(session.ends_on, 3)
        if sent_on > REFERENCE_DAY:
            return
        trained = list(Participation.objects.filter(session=session).trained().order_by("pk"))
        for follow_up in send_follow_ups(participations=trained, months=3, sent_on=sent_on):
            if self.draw.random() < 0.48:
                answer_follow_up(
                    follow_up=follow_up,
                    uses_skills=SkillsUse.YES if self.draw.random() < 0.71 else SkillsUse.NO,
                    answered_on=sent_on,
                )

    def _leave_unfinished(self, session: TrainingSession) -> None:
        """A session that lies ahead, that was cancelled, or that is under way on phones."""
        nobody_yet = [[False] * self.planned.slots for _person in self.people]
        self._import_attendance(session, nobody_yet, name="inscrits")
        if self.planned.flaw == "cancelled":
            cancel_session(
                session=session, reason="Route coupée pendant l'hivernage (démonstration)."
            )
        if self.planned.flaw == "running":
            self._run_on_phones(session)

    def _run_on_phones(self, session: TrainingSession) -> None:
        """First half-day called, pre-test open, a third of the room has handed it in."""
        slot = session.slots.get(position=1)
        participations = list(Participation.objects.filter(session=session).order_by("pk"))
        record_marks(
            session=session,
            entries=[
                MarkEntry(_fixed_uuid(self.draw), participation.pk, slot.pk, is_present=True)
                for participation in participations[:-2]
            ],
            source=EntrySource.PHONE,
            by=self.cast.encoder,
        )
        open_test(session=session, occasion=Occasion.PRE)
        forms = forms_of_session(session, Occasion.PRE)
        for participation in participations[2 : 2 + len(participations) // 3]:
            self._answer_on_phone(participation, self._book(forms[participation.pk]))

    def _answer_on_phone(self, participation: Participation, book: FormBook) -> None:
        attempt = start_attempt(
            uuid=_fixed_uuid(self.draw),
            participation=participation,
            occasion=Occasion.PRE,
            form=book.form,
        )
        sheet = book.sheet(self.draw, self.draw.gauss(-0.35, 0.7))
        save_responses(
            attempt=attempt,
            answers={rank: letter or None for rank, letter in enumerate(sheet, start=1)},
        )
        submit_attempt(attempt=attempt)


def is_qualified(trainer: Trainer, session: TrainingSession) -> bool:
    """Whether one qualification covers every day of the session."""
    return trainer.qualifications.filter(
        curriculum=session.curriculum,
        granted_on__lte=session.starts_on,
        expires_on__gte=session.ends_on,
    ).exists()


def _presence(draw: random.Random, people: Sequence[DemoPerson], slots: int) -> list[list[bool]]:
    """Most people stay to the end, some miss a half-day, a few never come."""
    presence = []
    for _person in people:
        luck = draw.random()
        marks = [True] * slots
        if luck < 0.03:
            marks = [False] * slots
        elif luck < 0.17 and slots > 1:
            marks[draw.randrange(slots)] = False
        elif luck < 0.21 and slots > 1:
            marks = [True] + [False] * (slots - 1)
        presence.append(marks)
    return presence


def _fixed_uuid(draw: random.Random) -> uuid.UUID:
    return uuid.UUID(int=draw.getrandbits(128), version=4)
