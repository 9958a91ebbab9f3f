"""« À traiter »: each concern, its screen, its scope, and a fixed number of queries."""

import datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Person, User
from accounts.people import leave_service, open_posting
from assessments.attention import concerns_for
from tests.factories.accounts import make_person, make_profession, make_region, make_user
from tests.factories.trainers import attend, complete_file, make_session, make_trainer, staff
from tests.trainers.awareness.typed_events import make_event
from trainers.awareness.disseminations import record_dissemination
from trainers.awareness.events import return_event
from trainers.enums import InvitationState, SessionState
from trainers.models import Qualification, TrainerInvitation, TrainingSession

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2025, 6, 30)


@pytest.fixture(autouse=True)
def frozen() -> Any:
    with time_machine.travel("2025-06-30T10:00", tick=False):
        yield


def counts(user: User) -> dict[str, int]:
    found = {one.code: one.rows.count() for one in concerns_for(user, day=TODAY)}
    return {code: count for code, count in found.items() if count}


def complete(name: str = "", region: str = "segou", **facts: Any) -> Person:
    """Somebody whose record lacks nothing."""
    person = make_person(name, sex="F", profession=make_profession(), **facts)
    place = make_region(region, {"segou": "Ségou", "kayes": "Kayes"}[region])
    open_posting(person=person, organization=None, territory=place, started_on=None)
    return person


def committee() -> User:
    return make_user(Role.COMMITTEE, person=complete())


def test_nothing_to_do_says_so() -> None:
    client = Client()
    client.force_login(committee())

    assert "Rien à traiter" in client.get("/a-traiter/").content.decode()


def test_a_session_without_anything_is_in_every_list_of_sessions() -> None:
    user = committee()
    make_session("SEG-1")  # 12 and 13 May: 48 days ago

    assert counts(user) == {"sans-presences": 1, "sans-pieces": 1, "sans-tests": 1, "a-valider": 1}
    line = next(one for one in concerns_for(user, day=TODAY) if one.code == "a-valider")
    shown = line.show(line.rows.get())
    assert shown.detail == "34 jours de retard · Ségou"
    assert shown.url == "/sessions/SEG-1/validation/"


def test_what_is_there_is_not_asked_again() -> None:
    user = committee()
    session = make_session("SEG-1")
    attend(session, complete())
    complete_file(session)

    assert counts(user) == {"a-valider": 1}
    TrainingSession.objects.update(state=SessionState.CANCELLED, cancellation_reason="Reportée")
    assert counts(user) == {}


def test_two_names_stand_for_the_signed_sheet() -> None:
    user = committee()
    session = make_session("SEG-1")
    attend(session, complete())
    complete_file(session)
    session.evidence.filter(kind="SIGNED_SHEET").delete()

    assert counts(user)["sans-pieces"] == 1
    TrainingSession.objects.update(roll_call_confirmed_by="Awa Koné et Ali Maïga")
    assert "sans-pieces" not in counts(user)


def test_a_session_of_yesterday_is_not_late_yet() -> None:
    user = committee()
    make_session("SEG-1", starts_on=datetime.date(2025, 6, 28))

    assert counts(user) == {"sans-presences": 1, "sans-tests": 1}


def test_records_that_lack_something_are_listed_with_the_screen_that_mends_them() -> None:
    user = committee()
    bare = make_person("NUE", "Awa", phone="76111111")
    shared = complete("UNE", phone="76111111")
    gone = complete("PARTIE")
    leave_service(person=gone, on=TODAY)

    assert counts(user) == {
        "sans-sexe": 1, "sans-profession": 1, "sans-territoire": 1, "telephones-partages": 2,
    }  # fmt: skip
    urls = {
        one.code: one.show(one.rows[0]).url
        for one in concerns_for(user, day=TODAY)
        if one.rows.count()
    }
    assert urls == {
        "sans-sexe": f"/personnes/{bare.uuid}/modifier/",
        "sans-profession": f"/personnes/{bare.uuid}/modifier/",
        "sans-territoire": f"/personnes/{bare.uuid}/",
        "telephones-partages": f"/personnes/{bare.uuid}/modifier/",
    }
    Person.objects.filter(pk=shared.pk).update(merged_into=bare)
    assert "telephones-partages" not in counts(user)


@pytest.mark.parametrize("is_merged", [False, True])
def test_somebody_in_two_sessions_of_the_same_days_is_listed_once(is_merged: bool) -> None:
    user = committee()
    person, other = complete("ICI"), complete("LA")
    here, there = make_session("SEG-1"), make_session("SEG-2")
    attend(here, person)
    attend(there, other if is_merged else person)
    if is_merged:
        assert "chevauchements" not in counts(user)
        Person.objects.filter(pk=other.pk).update(merged_into=person)

    assert counts(user)["chevauchements"] == 1


def test_qualifications_that_run_out_and_invitations_left_unanswered() -> None:
    user = committee()
    trainer = make_trainer(complete("FORMATEUR"), qualified=True)
    Qualification.objects.update(expires_on=datetime.date(2025, 8, 29))
    invitation = TrainerInvitation.objects.create(
        session=make_session("SEG-1", starts_on=datetime.date(2025, 9, 1)),
        trainer=trainer,
        role="TRAINER",
        asked_at=timezone.now() - datetime.timedelta(days=7),
    )

    assert counts(user) == {"habilitations": 1, "invitations": 1}
    Qualification.objects.update(expires_on=datetime.date(2025, 8, 30))
    invitation.state, invitation.answered_at = InvitationState.ACCEPTED, timezone.now()
    invitation.save()
    assert counts(user) == {}


# --- Scope --------------------------------------------------------------------------------------


def test_a_focal_point_sees_the_own_territory_only() -> None:
    focal_point = make_user(Role.FOCAL_POINT, person=complete())
    make_session("KAY-1", title="Ailleurs", territory=make_region("kayes", "Kayes"))
    hidden = make_person("SECRET", "Fanta")
    open_posting(
        person=hidden, organization=None, territory=make_region("kayes", "Kayes"), started_on=None
    )
    client = Client()
    client.force_login(focal_point)

    page = client.get("/a-traiter/").content.decode()

    assert counts(focal_point) == {}
    assert "SECRET" not in page
    assert "KAY-1" not in page


def test_a_trainer_sees_the_own_sessions_and_no_record_of_a_person() -> None:
    trainer = make_trainer(make_person("FORMATEUR", "Awa"))
    user = make_user(Role.TRAINER, person=trainer.person)
    make_session("SEG-1")
    own = make_session("SEG-2")
    staff(own, trainer)
    attend(own, make_person("ELEVE", "Awa"))

    assert counts(user) == {"sans-pieces": 1, "sans-tests": 1, "a-valider": 1}
    listed = {row.code for one in concerns_for(user, day=TODAY) for row in one.rows}
    assert listed == {"SEG-2"}


def test_events_and_documents_wait_for_whoever_is_in_charge() -> None:
    typist = make_user(Role.TRAINER)
    waits = make_event("ACT-WAITS", by=typist)
    asked = make_event("ACT-ASKED", by=typist)
    return_event(event=asked, by=committee(), question="Combien de femmes ?")
    make_event("ACT-KAYES", by=typist, territory=make_region("kayes", "Kayes"))
    handed = record_dissemination(
        document_kind="SHEET",
        title="Fiche",
        edition="1",
        copies=5,
        handed_on=TODAY,
        territory=waits.territory,
    )
    focal_point = make_user(Role.FOCAL_POINT, territory=waits.territory)

    def lines(user: User) -> dict[str, list[str]]:
        found = concerns_for(user, day=TODAY)
        listed = {one.code: [one.show(row).url for row in one.rows] for one in found}
        wanted = ("actions-a-valider", "actions-renvoyees", "remises-sans-recu")
        return {code: listed[code] for code in wanted if listed.get(code)}

    assert lines(focal_point) == {
        "actions-a-valider": ["/actions/ACT-WAITS/"],
        "actions-renvoyees": ["/actions/ACT-ASKED/"],
        "remises-sans-recu": [f"/diffusions/{handed.pk}/"],
    }
    assert lines(typist) == {"actions-renvoyees": ["/actions/ACT-ASKED/"]}


@pytest.mark.parametrize("role", [Role.PARTNER, Role.ADMINISTRATOR, Role.EDITOR])
def test_other_roles_are_refused(role: str) -> None:
    make_session("SEG-1")
    client = Client()
    client.force_login(make_user(role))

    answer = client.get("/a-traiter/")

    assert answer.status_code == 403
    assert "SEG-1" not in answer.content.decode()


@pytest.mark.parametrize("code", ["sans-presences", "chevauchements", "sans-territoire", "rien"])
@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_as_often_for_1_line_as_for_3(
    count: int, code: str, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        person = make_person()
        make_session(f"SEG-{number}")
        attend(make_session(f"ICI-{number}"), person)
        attend(make_session(f"LA-{number}"), person)
    client = Client()
    client.force_login(committee())

    with django_assert_num_queries(19):
        page = client.get(f"/a-traiter/?liste={code}")
    assert len(page.context["lines"]) >= count
