"""Build the whole demo world from one seed: the same seed gives the same world."""

import random
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import Person, Profession, Territory, User
from accounts.people import create_account, create_person
from assessments.enums import Occasion
from assessments.models import TestForm
from elearning.demo.after_sessions import play_after
from elearning.demo.awareness import play_awareness
from elearning.demo.backlog import play_backlog
from elearning.demo.learning import play_learning
from elearning.demo.papers import issue_papers
from elearning.demo.people import DemoPerson, Population
from elearning.demo.persons import play_persons
from elearning.demo.plan import play_plan
from elearning.demo.registrations import play_registrations
from elearning.demo.registry import play_registry
from elearning.demo.roll_call import play_two_phones
from elearning.demo.schedule import AUDIENCES, SESSIONS, PlannedSession
from elearning.demo.sessions import Cast, FormBook, SessionPlay
from elearning.demo.team import PASSWORD, make_staff, make_trainers
from trainers.models import AwarenessEvent, Participation, Trainer, TrainingSession

FORM_CODES = ("crs-a", "crs-b")
RETURNING_SHARE = 0.05
RUNNING_SESSION = "BKO-2026-02"
EARLIER_SESSION = "BKO-2023-01"  # where the learners of the running session come back from
SESSIONS_WITH_PAPERS = (EARLIER_SESSION, "SEG-2026-01")
LEARNERS = 3  # one of them at least took the earlier post-test


class DemoRefused(RuntimeError):
    """The demo world cannot be built here; the text is a French sentence."""


@dataclass(frozen=True)
class DemoTotals:
    sessions: int
    persons: int
    trainers: int
    participations: int
    events: int
    is_new: bool


def seed_world(*, seed: int) -> DemoTotals:
    """Build the world once; when it is already there, change nothing and say what it holds."""
    if TrainingSession.objects.filter(is_demo=True).exists():
        return _totals(is_new=False)
    _refuse_unready()
    _build(random.Random(seed))
    return _totals(is_new=True)


@transaction.atomic
def _build(draw: random.Random) -> None:
    staff = make_staff()
    trainers = make_trainers(draw)
    trainer_account = _account_of_trainer(trainers[0])
    encoder = _encoder_account()
    forms = [FormBook.of(TestForm.objects.get(code=code)) for code in FORM_CODES]
    population = Population(
        draw, profession_names=dict(Profession.objects.values_list("code", "name"))
    )
    region_names = dict(Territory.objects.regions().values_list("code", "name"))
    cast = Cast(trainers=trainers, committee=staff["comite"], encoder=encoder)
    running_cast = Cast(trainers[:1], staff["comite"], trainer_account)
    for planned in sorted(SESSIONS, key=lambda session: session.starts_on):
        people = _invite(draw, population, planned, region_names[planned.region])
        is_running = planned.code == RUNNING_SESSION
        SessionPlay(draw, planned, people, running_cast if is_running else cast, forms).play()
    Person.objects.filter(participations__session__is_demo=True).update(is_demo=True)
    learner = _open_learner_account()
    play_learning(learner=learner, tutor=trainers[0], encoder=trainer_account)
    issue_papers(SESSIONS_WITH_PAPERS, by=staff["comite"])
    play_awareness(
        encoder=encoder,
        committee=staff["comite"],
        focal_point=staff["pointfocal"],
        trainer=trainer_account,
    )
    play_two_phones(RUNNING_SESSION, by=trainer_account)
    play_registrations(by=encoder)
    play_after(encoder=encoder)
    play_plan(committee=staff["comite"], encoder=encoder)
    play_registry(trainers=trainers, committee=staff["comite"])
    play_backlog(
        by=staff["pointfocal"], curriculum=TrainingSession.objects.order_by("pk")[0].curriculum
    )
    play_persons(by=staff["comite"])


def _invite(
    draw: random.Random, population: Population, planned: PlannedSession, region_name: str
) -> list[DemoPerson]:
    weighted = AUDIENCES[planned.invited]
    people: list[DemoPerson] = []
    while len(people) < planned.size:
        person = None
        if planned.code == RUNNING_SESSION and len(people) < LEARNERS:
            person = population.back_from(EARLIER_SESSION, code=planned.code)
        elif draw.random() < RETURNING_SHARE:
            person = population.returning(
                region=planned.region,
                professions={code for code, _weight in weighted},
                code=planned.code,
            )
        if person is None:
            codes, weights = zip(*weighted, strict=True)
            person = population.new_person(
                profession=draw.choices(codes, weights)[0],
                region=planned.region,
                region_name=region_name,
            )
        person.sessions.append(planned.code)
        people.append(person)
    if planned.flaw == "shared-phone":
        people[1].phone = people[2].phone = people[0].phone
    return people


def _account_of_trainer(trainer: Trainer) -> User:
    return create_account(
        person=trainer.person, roles=[Role.TRAINER], password=PASSWORD, username="formateur"
    )


def _encoder_account() -> User:
    person = create_person(family_name="SAISIE", given_name="Compte", is_demo=True)
    return create_account(person=person, roles=[Role.TRAINER], username="saisie")


def _open_learner_account() -> User:
    """The learner is enrolled in the session that is under way, and took an earlier one."""
    tested = Person.objects.filter(participations__attempts__occasion=Occasion.POST)
    enrolled = Participation.objects.filter(session__code=RUNNING_SESSION, person__in=tested)
    person = enrolled.select_related("person").order_by("pk")[0].person
    return create_account(person=person, password=PASSWORD, username="apprenante")


def _refuse_unready() -> None:
    missing = [code for code in FORM_CODES if not TestForm.objects.filter(code=code).exists()]
    if missing or not Territory.objects.exists():
        raise DemoRefused(
            _("Chargez d'abord le plan et les curricula : manage.py load_plan, import_curriculum.")
        )


def _totals(*, is_new: bool) -> DemoTotals:
    return DemoTotals(
        sessions=TrainingSession.objects.filter(is_demo=True).count(),
        persons=Person.objects.filter(is_demo=True).count(),
        trainers=Trainer.objects.filter(person__is_demo=True).count(),
        participations=Participation.objects.filter(session__is_demo=True).count(),
        events=AwarenessEvent.objects.filter(is_demo=True).count(),
        is_new=is_new,
    )
