"""What happened to the demo people since: transfers, a double record, calls, kinds of structures.

A generator of its own: the rest of the world stays the same for the same seed.
"""

import datetime
import random

from django.db.models import Count

from accounts.merging import merge_persons
from accounts.models import Organization, Person, Posting, Territory, User
from accounts.people import create_person, find_organization, leave_service, open_posting, transfer
from accounts.structure_kinds import propose_kind
from accounts.structures import set_kinds
from trainers.enums import PhoneCheckResult, SessionState
from trainers.models import TrainingSession
from trainers.oversight.phone_checks import draw_phone_checks, record_call

SEED = 4
MOVED_SHARE, LEFT_SHARE = 0.12, 0.04
MOVED_ON, LEFT_ON = datetime.date(2026, 9, 1), datetime.date(2026, 10, 1)
DRAWN_SESSIONS = 3
ANSWERS = (PhoneCheckResult.CONFIRMED,) * 7 + (
    PhoneCheckResult.UNREACHABLE,
    PhoneCheckResult.DENIED,
)


def play_persons(*, by: User) -> None:
    """Play the autumn of 2026: the acts of the committee on persons and sessions."""
    draw = random.Random(SEED)
    kinds = {pk: propose_kind(name) for pk, name in Organization.objects.values_list("pk", "name")}
    set_kinds(kinds=kinds)
    _add_empty_courts()
    _move_people(draw)
    _double_records(by)
    _call_people(draw, by)


def _add_empty_courts() -> None:
    """A court of each region from which nobody came: what the coverage must name first."""
    for region in Territory.objects.regions().order_by("position")[:6]:
        find_organization(name=f"Tribunal d'instance de {region.name}", territory=region)
    courts = Organization.objects.filter(name_key__startswith="tribunal d instance")
    set_kinds(kinds=dict.fromkeys(courts.values_list("pk", flat=True), "JURISDICTION"))


def _move_people(draw: random.Random) -> None:
    """Some are posted elsewhere, some leave: where their postings allow it."""
    postings = Posting.objects.filter(ended_on=None, organization__isnull=False).select_related(
        "person", "organization", "territory"
    )
    serving = list(postings.order_by("pk"))
    places = [(one.organization, one.territory) for one in serving]
    for posting in serving:
        chance = draw.random()
        if chance < MOVED_SHARE:
            organization, territory = draw.choice(places)
            transfer(
                person=posting.person, organization=organization, territory=territory, on=MOVED_ON
            )
        elif chance < MOVED_SHARE + LEFT_SHARE:
            leave_service(person=posting.person, on=LEFT_ON)


def _double_records(by: User) -> None:
    """Two people written twice: one pair is merged already, the others wait to be looked at."""
    known = list(
        Person.objects.kept()
        .filter(user=None, trainer=None, postings__ended_on=None)
        .exclude(phone="")
        .exclude(given_name="")
        .order_by("pk")
        .distinct()[:4]
    )
    for rank, person in enumerate(known):
        again = create_person(
            family_name=person.given_name,  # inverted, as sheets do
            given_name=person.family_name,
            phone=person.phone,
            is_demo=True,
        )
        posting = person.postings.filter(ended_on=None).first()
        if posting is not None:
            open_posting(
                person=again,
                organization=posting.organization,
                territory=posting.territory,
                started_on=None,
            )
        if rank == 0:
            merge_persons(
                kept=person,
                merged=again,
                reason="Même numéro, nom et prénom inversés (démonstration)",
                by=by,
            )


def _call_people(draw: random.Random, by: User) -> None:
    """Calls of the last sessions handed in: most confirm, one denies, one list is still to call."""
    sessions = (
        TrainingSession.objects.filter(
            state__in=(SessionState.TO_VALIDATE, SessionState.VALIDATED), is_demo=True
        )
        .annotate(people=Count("participations"))
        .filter(people__gt=10)
        .order_by("-ends_on", "pk")[:DRAWN_SESSIONS]
    )
    for rank, session in enumerate(sessions):
        checks = draw_phone_checks(session=session, by=by, seed=draw.randrange(2**31))
        for check in checks[: len(checks) - 1] if rank else checks[:1]:
            record_call(check=check, result=draw.choice(ANSWERS), by=by)
