"""A small world of figures: sessions held, validated or not, with known people and scores."""

import datetime
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from accounts.enums import Role
from accounts.models import Person, Profession, Territory, User
from assessments.attempts import record_paper_copy
from assessments.enums import Occasion
from assessments.models import TestForm
from courses.models import CurriculumPage, Topic
from indicators.measured import Measure
from indicators.measuring import measure_all
from indicators.periods import parse_period
from tests.factories.accounts import make_person, make_region, make_user
from tests.factories.assessments import answers, make_form
from tests.factories.trainers import complete_file, make_curriculum
from trainers.attendance.log import MarkEntry, record_marks
from trainers.awareness.disseminations import record_dissemination
from trainers.awareness.events import record_event, validate_event
from trainers.enums import (
    AwarenessTheme,
    DocumentKind,
    EntrySource,
    EventKind,
    EvidenceKind,
    SessionType,
)
from trainers.evidence import store_evidence
from trainers.models import AwarenessEvent, Dissemination, Participation, TrainingSession
from trainers.participation.records import FrozenProfile, enrol
from trainers.participation.rule_sets import create_first_rule_set
from trainers.sessions.planning import create_session, submit_session, validate_session

KEY = "ABCDABCDAB"
A_DAY = datetime.date(2025, 3, 4)
ALL, SOME, NONE = 4, 1, 0  # half-days attended out of four: trained, informed, never came


@dataclass(frozen=True)
class Attendee:
    """One person as a session saw them; scores are points of 100, by tens."""

    person: Person | None = None
    sex: str = "F"
    profession: Profession | None = None
    territory: Territory | None = None
    half_days: int = ALL
    pre: int | None = None
    post: int | None = None


def crowd(count: int, **facts: object) -> list[Attendee]:
    """Several people alike, each a person of their own."""
    return [Attendee(**facts) for _ in range(count)]  # type: ignore[arg-type]


def curriculum_about(*topics: str) -> CurriculumPage:
    """A curriculum that teaches these topics."""
    curriculum = make_curriculum("-".join(topics) or "sans-theme")
    curriculum.topics = [
        Topic.objects.get_or_create(code=code, defaults={"name": code})[0] for code in topics
    ]
    curriculum.save()
    return curriculum


def held_session(
    code: str,
    attendees: Sequence[Attendee],
    *,
    topics: Sequence[str] = (),
    starts_on: datetime.date = A_DAY,
    territory: Territory | None = None,
    type_: str = SessionType.TRAINING,
    validated_by: User | None = None,
    post_form: TestForm | None = None,
) -> TrainingSession:
    """Two days of four half-days of 3 h 30, handed in, and validated where somebody does it."""
    create_first_rule_set()
    session = create_session(
        code=f"ESSAI-{code}",
        curriculum=curriculum_about(*topics),
        starts_on=starts_on,
        slot_count=4,
        slot_minutes=210,
        territory=territory or make_region(),
        type=type_,
    )
    participations = [_enrol(session, attendee) for attendee in attendees]
    record_marks(
        session=session,
        entries=[
            MarkEntry(uuid.uuid4(), participation.pk, slot.pk, True)
            for participation, attendee in zip(participations, attendees, strict=True)
            for slot in session.slots.order_by("position")[: attendee.half_days]
        ],
        source=EntrySource.TYPED,
        by=None,
    )
    for participation, attendee in zip(participations, attendees, strict=True):
        _hand_in(participation, Occasion.PRE, attendee.pre, make_common_form())
        _hand_in(participation, Occasion.POST, attendee.post, post_form or make_common_form())
    submit_session(session=session, by=None)
    if validated_by is not None:
        validate(session, by=validated_by)
    return session


def validate(session: TrainingSession, *, by: User) -> TrainingSession:
    complete_file(session)
    session.refresh_from_db()
    return validate_session(session=session, by=by, has_tests=True)


def make_common_form() -> TestForm:
    return TestForm.objects.filter(code="form-a").first() or make_form("form-a", KEY)


def held_event(
    code: str,
    headcounts: Mapping[tuple[str, str], int],
    *,
    held_on: datetime.date = A_DAY,
    territory: Territory | None = None,
    post: tuple[int, int] | None = None,
    validated_by: User | None = None,
) -> AwarenessEvent:
    """A community dialogue; `post` is (answers, right answers) after it."""
    event = record_event(
        code=f"ESSAI-{code}",
        kind=EventKind.COMMUNITY_DIALOGUE,
        title="Dialogue communautaire",
        territory=territory or make_region(),
        place="Place du marché",
        language="bamanankan",
        held_on=held_on,
        headcounts=headcounts,
        theme=AwarenessTheme.GENERAL,
        post=post,
    )
    store_evidence(
        kind=EvidenceKind.EVENT_PROOF, content=code.encode(), name="photo.jpg", event=event
    )
    return event if validated_by is None else validate_event(event=event, by=validated_by)


def handed_over(
    copies: int,
    *,
    kind: str = DocumentKind.INVESTIGATION_MANUAL,
    edition: str = "2025",
    receipt: str = "R-1",
    handed_on: datetime.date = A_DAY,
) -> Dissemination:
    return record_dissemination(
        document_kind=kind,
        title="Manuel",
        edition=edition,
        copies=copies,
        handed_on=handed_on,
        territory=make_region(),
        receipt_reference=receipt,
    )


def make_committee() -> User:
    return make_user(Role.COMMITTEE)


def _enrol(session: TrainingSession, attendee: Attendee) -> Participation:
    return enrol(
        session=session,
        person=attendee.person or make_person(sex=attendee.sex),
        frozen=FrozenProfile(
            sex=attendee.sex, profession=attendee.profession, territory=attendee.territory
        ),
    )


def _hand_in(
    participation: Participation, occasion: str, score: int | None, form: TestForm
) -> None:
    if score is None:
        return
    right = score // 10
    wrong = "".join("A" if letter != "A" else "B" for letter in KEY[right:])
    record_paper_copy(
        participation=participation,
        form=form,
        occasion=occasion,
        responses=answers(KEY[:right] + wrong),
        source=EntrySource.TYPED,
    )


def measured(code: str, period: str = "2025", **more: Any) -> Measure:
    """One indicator of the plan, as measured with all the others."""
    measures = measure_all(parse_period(period), **more)
    return next(one for one in measures if one.planned.indicator.code == code)


def figures(measure: Measure) -> tuple[object, ...]:
    """What is recorded, what is validated, and how many persons."""
    return measure.all.value, measure.validated.value, measure.all.unique_persons
