"""Sessions whose people may receive something, and what was issued."""

import datetime
from typing import Any

from accounts.enums import Role
from accounts.models import Person, User
from certificates.issue import issue_for_session
from certificates.models import Certificate
from courses.enums import RunState
from courses.models import CourseRun, CurriculumPage
from tests.factories.accounts import make_person, make_region, make_user
from tests.factories.trainers import attend, complete_file, make_curriculum, make_session
from trainers.enums import LadderStatus
from trainers.models import Participation, TrainingSession
from trainers.participation.records import hand_in_post_percents
from trainers.sessions.planning import submit_session, validate_session

ALL = (1, 2, 3, 4)
ISSUED_AT = datetime.datetime(2025, 6, 2, 9, tzinfo=datetime.UTC)
END = datetime.date(2025, 5, 13)


def make_committee() -> User:
    return make_user(Role.COMMITTEE)


def make_taught_session(
    *people: Person, post: float | None = 80.0, **facts: Any
) -> TrainingSession:
    """A session of two days that these people followed whole; `post` is their post-test."""
    session = make_session(**facts)
    attended = [attend(session, person, positions=ALL) for person in people]
    if post is not None:
        hand_in_post_percents(session=session, percents={one.pk: post for one in attended})
    session.refresh_from_db()
    return session


def hand_in(session: TrainingSession) -> TrainingSession:
    complete_file(session)
    return submit_session(session=session, by=None)


def make_validated_session(*people: Person, by: User, **facts: Any) -> TrainingSession:
    """The same, handed in and validated by a third person."""
    session = hand_in(make_taught_session(*people, **facts))
    return validate_session(session=session, by=by, has_tests=True)


def make_certificate(person: Person | None = None, **facts: Any) -> Certificate:
    """A certificate of one person, issued on 2 June 2025 for a session of 12 and 13 May."""
    committee = make_committee()
    session = make_validated_session(person or make_person(), by=committee, **facts)
    (certificate,) = issue_for_session(session=session, by=committee, at=ISSUED_AT)
    return certificate


def make_completed_run(
    person: Person, curriculum: CurriculumPage | None = None, *, on: datetime.date = END
) -> Participation:
    """A self-paced run read to its end, long enough to train."""
    at = datetime.datetime(on.year, on.month, on.day, 12, tzinfo=datetime.UTC)
    run = CourseRun.objects.create(
        person=person,
        curriculum=curriculum or make_curriculum(),
        curriculum_version="1.0",
        state=RunState.COMPLETED,
        started_at=at - datetime.timedelta(days=2),
        completed_at=at,
    )
    return Participation.objects.create(
        person=person, course_run=run, status=LadderStatus.TRAINED, enrolled_at=at
    )


def make_focal_point() -> User:
    """The focal point of Ségou, where sessions are held by default."""
    return make_user(Role.FOCAL_POINT, territory=make_region())
