import datetime
import gzip
import uuid

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from accounts.enums import Role
from accounts.models import Person
from tests.factories.accounts import make_person, make_user
from tests.factories.trainers import attend, make_session, make_trainer, staff
from tests.house_rules.tree import ROOT
from trainers.attendance.log import record_mark
from trainers.attendance.sending import receive_sending
from trainers.attendance.sending_payload import Sending, SentMark, SentNewcomer
from trainers.models import AttendanceMark, Participation, TrainingSession
from trainers.participation.marks import contradicted_pairs
from trainers.sessions.planning import cancel_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(client: Client) -> TrainingSession:
    """A session whose trainer is signed in."""
    person = make_person("DIALLO", "Sira")
    session = make_session("SEG-1")
    staff(session, make_trainer(person))
    client.force_login(make_user(Role.TRAINER, person=person))
    return session


def posted(answer: HttpResponse, **marks: str) -> dict[str, str]:
    """What the browser sends back of the page it was given, with these radios ticked."""
    data: dict[str, str] = {}
    for row in answer.context["rows"]:
        data[f"uuid-{row.participation_id}"] = row.uuid
        data[f"was-{row.participation_id}"] = row.noted
        if row.answer:
            data[f"mark-{row.participation_id}"] = row.answer
    return data | marks


def test_roll_call_is_saved_without_javascript(client: Client, session: TrainingSession) -> None:
    awa, ali = (attend(session, make_person(name), positions=[]) for name in ("AWA", "MAIGA"))
    page = client.get("/sessions/SEG-1/?seance=2")
    data = posted(page, **{f"mark-{awa.pk}": "present", f"mark-{ali.pk}": "absent"})
    answer = client.post("/sessions/SEG-1/?seance=2", data)

    assert answer.headers["Location"] == "/sessions/SEG-1/?seance=2"
    marks = AttendanceMark.objects.order_by("pk").values_list(
        "participation", "slot__position", "is_present", "source"
    )
    assert list(marks) == [(awa.pk, 2, True, "TYPED"), (ali.pk, 2, False, "TYPED")]
    client.post("/sessions/SEG-1/?seance=2", data)
    assert AttendanceMark.objects.count() == 2


def test_others_are_present_at_one_touch(client: Client, session: TrainingSession) -> None:
    one, two = (attend(session, positions=[]) for _ in range(2))
    page = client.get("/sessions/SEG-1/?seance=1")
    data = posted(page, **{f"mark-{one.pk}": "absent", "others": "present"})
    client.post("/sessions/SEG-1/?seance=1", data)

    marks = dict(AttendanceMark.objects.values_list("participation", "is_present"))
    assert marks == {one.pk: False, two.pk: True}


def test_changing_a_mark_asks_why_and_keeps_what_was_ticked(
    client: Client, session: TrainingSession
) -> None:
    awa = attend(session, positions=[1])
    page = client.get("/sessions/SEG-1/?seance=1")
    data = posted(page, **{f"mark-{awa.pk}": "absent"})
    refused = client.post("/sessions/SEG-1/?seance=1", data)

    assert refused.status_code == 200
    assert refused.context["refused"] == (
        "1 présence déjà notée change : indiquez le motif de la correction."
    )
    assert [row.answer for row in refused.context["rows"]] == ["absent"]
    assert AttendanceMark.objects.count() == 1
    data = posted(refused, reason="Partie à midi")
    client.post("/sessions/SEG-1/?seance=1", data)
    correction = AttendanceMark.objects.exclude(voids=None).get()
    assert (correction.is_present, correction.void_reason) == (False, "Partie à midi")


def test_page_made_before_somebody_else_wrote_does_not_undo_it(
    client: Client, session: TrainingSession
) -> None:
    awa, ali = attend(session, positions=[]), attend(session, positions=[1])
    page = client.get("/sessions/SEG-1/?seance=1")
    other = client.get("/sessions/SEG-1/?seance=1")
    client.post(
        "/sessions/SEG-1/?seance=1",
        posted(other, **{f"mark-{ali.pk}": "absent", "reason": "Erreur"}),
    )
    client.post("/sessions/SEG-1/?seance=1", posted(page, **{f"mark-{awa.pk}": "present"}))

    ali.refresh_from_db()
    awa.refresh_from_db()
    assert (ali.contact_minutes, awa.contact_minutes) == (0, 210)


@pytest.mark.parametrize("people", [1, 3])
def test_page_asks_the_database_as_often_for_1_person_as_for_3(
    client: Client, session: TrainingSession, people: int, django_assert_num_queries
) -> None:
    for _ in range(people):
        attend(session)
    with django_assert_num_queries(12):
        answer = client.get("/sessions/SEG-1/")
    assert len(answer.context["rows"]) == people


@pytest.mark.parametrize(
    ("now", "position"),
    [
        ((2025, 5, 12, 9), 1),
        ((2025, 5, 12, 15), 2),
        ((2025, 5, 13, 9), 3),
        ((2025, 6, 1, 9), 2),  # the first without a mark
    ],
)
def test_page_opens_on_the_half_day_of_the_moment(
    client: Client, session: TrainingSession, now: tuple[int, ...], position: int
) -> None:
    attend(session, positions=[1])
    client.logout()
    with time_machine.travel(datetime.datetime(*now, tzinfo=datetime.UTC), tick=False):
        client.force_login(make_user(Role.COMMITTEE))
        answer = client.get("/sessions/SEG-1/")
    assert answer.context["roll"].slot.position == position


def test_session_of_somebody_else_does_not_exist(client: Client, session: TrainingSession) -> None:
    attend(session, make_person("SECRET", "Nom"))
    person = make_person()
    make_trainer(person)
    client.force_login(make_user(Role.TRAINER, person=person))
    pk = session.pk
    paths = ["", "participants/", "import/", "import/modele/", "pieces/", "validation/"]
    for path in paths:
        answer = client.get(f"/sessions/SEG-1/{path}")
        assert answer.status_code == 404
        assert b"SECRET" not in answer.content
    for path in ("", "participants/", "import/", f"import/{pk}/", "pieces/"):
        assert client.post(f"/sessions/SEG-1/{path}").status_code == 404
    for path in ("motifs", "soumettre"):
        assert client.post(f"/sessions/SEG-1/validation/{path}/").status_code == 404


def test_observer_looks_and_does_not_write(client: Client) -> None:
    person = make_person()
    session = make_session("SEG-1")
    staff(session, make_trainer(person), "OBSERVER")
    awa = attend(session, positions=[1])
    client.force_login(make_user(Role.TRAINER, person=person))
    page = client.get("/sessions/SEG-1/")

    assert not page.context["can_record"]
    assert "<form" not in page.content.decode().partition("<main")[2]
    data = {f"mark-{awa.pk}": "absent", "reason": "Erreur"}
    assert client.post("/sessions/SEG-1/?seance=1", data).status_code == 403
    assert AttendanceMark.objects.count() == 1


def test_cancelled_session_is_read_only(client: Client, session: TrainingSession) -> None:
    cancel_session(session=session, reason="Report")
    assert client.get("/sessions/SEG-1/").status_code == 200
    assert client.post("/sessions/SEG-1/").status_code == 403


def test_marks_of_strangers_are_ignored(client: Client, session: TrainingSession) -> None:
    attend(session, positions=[])
    stranger = attend(make_session(), positions=[])
    data = {f"mark-{stranger.pk}": "present", f"uuid-{stranger.pk}": str(uuid.uuid4())}
    client.post("/sessions/SEG-1/?seance=1", data)
    assert AttendanceMark.objects.count() == 0


def test_walk_in_is_added_when_nobody_resembles(client: Client, session: TrainingSession) -> None:
    answer = client.post(
        "/sessions/SEG-1/participants/", {"family_name": "KONE", "phone": "76 00 00 01"}
    )
    assert answer.headers["Location"] == "/sessions/SEG-1/"
    assert Participation.objects.get().person.phone == "+22376000001"


def test_walk_in_who_resembles_is_proposed_then_chosen(
    client: Client, session: TrainingSession
) -> None:
    known = make_person("KONE", "Awa", phone="76000001", birth_year=1980)
    typed = {"family_name": "Koné", "given_name": "AWA", "phone": "76000001"}
    proposed = client.post("/sessions/SEG-1/participants/", typed)

    labels = [choice["label"] for choice in proposed.context["choices"]]
    assert labels == [
        "C'est Awa KONE, né(e) en 1980, téléphone finissant par 01",
        "C'est une autre personne",
    ]
    assert Participation.objects.count() == 0
    client.post("/sessions/SEG-1/participants/", typed | {"who": str(known.pk)})
    assert Participation.objects.get().person == known


def test_walk_in_may_be_somebody_else(client: Client, session: TrainingSession) -> None:
    make_person("KONE", "Awa", phone="76000001")
    typed = {"family_name": "MAIGA", "given_name": "Ali", "phone": "76000001", "who": "new"}
    before = Person.objects.count()
    client.post("/sessions/SEG-1/participants/", typed)
    assert Person.objects.count() == before + 1


def test_walk_in_cannot_be_a_person_who_was_not_proposed(
    client: Client, session: TrainingSession
) -> None:
    stranger = make_person("SECRET", "Nom")
    make_person("KONE", "Awa", phone="76000001")
    typed = {"family_name": "KONE", "given_name": "Awa", "phone": "76000001"}
    answer = client.post("/sessions/SEG-1/participants/", typed | {"who": str(stranger.pk)})
    assert answer.status_code == 200
    assert Participation.objects.count() == 0


def test_unfit_phone_is_told_on_its_field(client: Client, session: TrainingSession) -> None:
    answer = client.post("/sessions/SEG-1/participants/", {"family_name": "KONE", "phone": "12"})
    assert list(answer.context["form"].errors) == ["phone"]
    assert Participation.objects.count() == 0


def test_whole_roll_call_of_40_people_fits_a_bad_network(
    client: Client, session: TrainingSession
) -> None:
    """Every mark of four half-days goes along: 30 kB of HTML at most, 5 kB of script."""
    people = [attend(session, make_person(f"PERSONNE{n}"), positions=[]) for n in range(40)]
    taps = tuple(
        SentMark(uuid.uuid4(), one.pk, slot.pk, is_present=True)
        for one in people
        for slot in session.slots.all()
    )
    receive_sending(session=session, sending=Sending(marks=taps), by=None)

    page = client.get("/sessions/SEG-1/")

    assert len(gzip.compress(page.content)) <= 30_000
    script = ROOT / "static" / "js" / "staff" / "roll_call.js"
    assert len(gzip.compress(script.read_bytes())) <= 5_000


def test_contradiction_is_said_and_neither_answer_is_ticked(
    client: Client, session: TrainingSession
) -> None:
    awa = attend(session, positions=[1])
    slot = session.slots.get(position=1)
    record_mark(uuid=uuid.uuid4(), participation=awa, slot=slot, is_present=False, source="PHONE")
    page = client.get("/sessions/SEG-1/?seance=1")

    assert [(row.noted, row.answer) for row in page.context["rows"]] == [("both", "")]
    assert "Deux pointages se contredisent" in page.content.decode()
    client.post("/sessions/SEG-1/?seance=1", posted(page, others="present"))
    assert AttendanceMark.objects.count() == 2  # « les autres » decides nothing for her
    settled = {f"mark-{awa.pk}": "present", "reason": "Vue en salle"}
    client.post("/sessions/SEG-1/?seance=1", posted(page, **settled))
    assert contradicted_pairs(session) == set()


def test_person_added_on_a_phone_who_resembles_another_is_shown(
    client: Client, session: TrainingSession
) -> None:
    make_person("KONE", "Awa", phone="76000002")
    newcomer = SentNewcomer(uuid.uuid4(), "KONE", "Awa", phone="76000001")
    receive_sending(session=session, sending=Sending((newcomer,)), by=None)

    assert client.get("/sessions/SEG-1/").context["notes"] == [
        "Awa KONE : Même nom qu'une personne connue, mais un autre téléphone."
    ]
