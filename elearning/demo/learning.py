"""What the demo learner reads online: a course under way, one finished, notes, a tutor's group.

No draw here: the rest of the world stays the same for the same seed.
"""

import datetime

from django.utils import timezone

from accounts.models import Person, Territory, User
from courses.inline_checks import inline_checks
from courses.models import CurriculumPage, LessonPage
from courses.notes import write_note
from courses.progress import answer_check, complete_lesson, start_run
from elearning.demo.schedule import CURRICULA
from trainers.enums import SessionMode, SessionRole
from trainers.models import Participation, Trainer, TrainingSession
from trainers.participation.records import enrol
from trainers.sessions.planning import assign_trainer, create_session

ONLINE_SESSION = "ENL-2026-01"
ONLINE_FROM, ONLINE_TO = datetime.date(2026, 11, 2), datetime.date(2026, 12, 18)
UNDER_WAY, FINISHED, IN_GROUP = CURRICULA["JUG"], CURRICULA["TEC"], CURRICULA["CRS"]
DUE_ON = datetime.date(2026, 12, 15)
LESSONS_OF_THE_GROUP = (3, 6, 2, 0, 1)  # read by the learner, then by each of the others
NOTES = (
    "À relire avant l'audience : la liste des trois éléments.",
    "Demander au formateur comment noter un refus de répondre.",
)


def play_learning(*, learner: User, tutor: Trainer, encoder: User) -> None:
    """Read as people do: checks answered, lessons noted, on fixed days of autumn 2026."""
    assert learner.person is not None
    finished, under_way = _curriculum(FINISHED), _curriculum(UNDER_WAY)
    _read(learner.person, _lessons(finished), datetime.date(2026, 9, 7))
    start_run(
        person=learner.person,
        curriculum=under_way,
        at=_morning(datetime.date(2026, 11, 9)),
        due_on=DUE_ON,
    )
    started = _lessons(under_way)[:2]
    _read(learner.person, started, datetime.date(2026, 11, 10))
    for lesson, text in zip(started, NOTES, strict=False):
        at = _morning(datetime.date(2026, 11, 12))
        write_note(person=learner.person, lesson=lesson, text=text, at=at)
    _play_group(learner.person, tutor, encoder)


def _play_group(learner: Person, tutor: Trainer, encoder: User) -> None:
    curriculum = _curriculum(IN_GROUP)
    session = create_session(
        code=ONLINE_SESSION,
        curriculum=curriculum,
        mode=SessionMode.ONLINE,
        starts_on=ONLINE_FROM,
        ends_on=ONLINE_TO,
        territory=Territory.objects.get(code="district-de-bamako"),
        title="Groupe en ligne, automne 2026 (démonstration)",
        encoded_by=encoder,
        is_demo=True,
    )
    assign_trainer(session=session, trainer=tutor, role=SessionRole.TRAINER)
    lessons = _lessons(curriculum)
    for person, count in zip(_group(learner), LESSONS_OF_THE_GROUP, strict=False):
        enrol(session=session, person=person, at=_morning(ONLINE_FROM))
        _read(person, lessons[:count], datetime.date(2026, 11, 4))


def _group(learner: Person) -> list[Person]:
    """The learner and the next people of the session she is enrolled in."""
    session = TrainingSession.objects.filter(participations__person=learner).order_by("-starts_on")
    others = Participation.objects.filter(session=session[0]).exclude(person=learner)
    people = [one.person for one in others.select_related("person").order_by("pk")]
    return [learner, *people[: len(LESSONS_OF_THE_GROUP) - 1]]


def _read(person: Person, lessons: list[LessonPage], first_day: datetime.date) -> None:
    """One lesson a day, its checks answered by their first choice."""
    for number, lesson in enumerate(lessons):
        at = _morning(first_day + datetime.timedelta(days=number))
        for check in inline_checks(lesson.body, {}):
            answer_check(person=person, lesson=lesson, block=check.id, choice=0, at=at)
        complete_lesson(person=person, lesson=lesson, at=at)


def _curriculum(slug: str) -> CurriculumPage:
    return CurriculumPage.objects.get(slug=slug)


def _lessons(curriculum: CurriculumPage) -> list[LessonPage]:
    return list(LessonPage.objects.live().descendant_of(curriculum).order_by("path"))


def _morning(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(7, 30)))
