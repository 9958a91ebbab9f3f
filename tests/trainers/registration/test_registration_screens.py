"""What the staff sees of the list: search, requests, the link, presence that was declared."""

import datetime
import re
import uuid

import pytest
import time_machine
from django.test import Client

from accounts.enums import Role
from accounts.models import Person
from tests.factories.accounts import make_person, make_region, make_user
from tests.factories.trainers import START, attend, make_session, make_trainer, staff
from trainers.attendance.newcomers import Newcomer
from trainers.models import (
    AttendanceMark,
    DeclaredPresence,
    Participation,
    Registration,
    RegistrationLink,
    Trainer,
    TrainingSession,
)
from trainers.registration import declared
from trainers.registration.declared import declare_presence, shown_code
from trainers.registration.links import open_link
from trainers.registration.posters import poster_pdf, registration_address
from trainers.registration.requests import Asked, ask_for_seat, ask_with_account

pytestmark = pytest.mark.django_db

LIST = "/sessions/SEG-1/liste/"
REQUESTS = "/sessions/SEG-1/inscriptions/"
DECLARED = "/sessions/SEG-1/declarations/"
PDF_PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")


@pytest.fixture(autouse=True)
def first_morning():
    with time_machine.travel(datetime.datetime(2025, 5, 12, 9, tzinfo=datetime.UTC), tick=False):
        yield


@pytest.fixture
def session(client: Client) -> TrainingSession:
    """A session whose trainer is signed in."""
    person = make_person("DIALLO", "Sira")
    session = make_session("SEG-1", seats=2)
    staff(session, make_trainer(person))
    client.force_login(make_user(Role.TRAINER, person=person))
    return session


@pytest.fixture
def link(session: TrainingSession) -> RegistrationLink:
    return open_link(session=session, closes_on=START, by=None)


def ask(link: RegistrationLink, name: str = "DIARRA", phone: str = "+22376000001") -> Registration:
    return ask_for_seat(link=link, asked=Asked(uuid.uuid4(), Newcomer(name, "Awa", phone=phone)))


# --- The list -----------------------------------------------------------------------------------


@pytest.mark.parametrize("people", [1, 3])
def test_list_asks_the_database_as_often_for_1_person_as_for_3(
    client: Client, session: TrainingSession, people: int, django_assert_num_queries
) -> None:
    for _ in range(people):
        attend(session, positions=())
    client.get(LIST)
    with django_assert_num_queries(9):
        page = client.get(LIST)

    assert len(page.context["rows"]) == people


@pytest.mark.parametrize("text", ["kéita aïcha", "AICHA KEITA", "  Keita  ", "76 12 34", "761234"])
def test_known_person_is_found_without_accents_in_any_order_or_by_phone(
    client: Client, session: TrainingSession, text: str
) -> None:
    aicha = make_person("KEÏTA", "Aïcha", phone="76123456")
    ali = make_person("MAIGA", "Ali")
    came_before(aicha, ali)
    page = client.get(LIST, {"q": text})

    assert [one["pk"] for one in page.context["found"]] == [aicha.pk]
    assert "76123456" not in page.content.decode()


@pytest.mark.parametrize("text", ["a", "ké", "12", "  "])
def test_register_is_not_leafed_through(
    client: Client, session: TrainingSession, text: str
) -> None:
    make_person("KEÏTA", "Aïcha", phone="76121212")
    assert client.get(LIST, {"q": text}).context["found"] is None


def came_before(*people: Person) -> None:
    before = make_session("SEG-0")
    staff(before, Trainer.objects.get())
    for person in people:
        attend(before, person, positions=())


def test_several_people_are_ticked_at_once(client: Client, session: TrainingSession) -> None:
    people = [make_person() for _ in range(3)]
    came_before(*people)
    ticked = {"person": [one.pk for one in people]}
    refused = client.post(LIST, ticked, follow=True)
    assert "Il reste 2 places pour 3 personnes" in refused.content.decode()
    assert session.participations.count() == 0

    client.post(LIST, ticked | {"overbook": "yes"})
    client.post(LIST, ticked | {"overbook": "yes"})
    assert session.participations.count() == 3
    assert client.get(LIST).context["left"] == 0


def test_name_is_taken_off_with_a_reason(client: Client, session: TrainingSession) -> None:
    one = attend(session, positions=())
    path = f"{LIST}{one.pk}/retirer/"
    assert client.get(path).status_code == 200
    assert list(client.post(path, {"reason": ""}).context["form"].errors) == ["reason"]
    client.post(path, {"reason": "Homonyme"})
    assert client.post(path, {"reason": "Homonyme"}).status_code == 404
    assert session.participations.count() == 0


def test_person_present_stays_on_the_list(client: Client, session: TrainingSession) -> None:
    one = attend(session)
    answer = client.post(f"{LIST}{one.pk}/retirer/", {"reason": "Erreur"}, follow=True)

    assert "déjà une présence" in answer.content.decode()
    assert session.participations.count() == 1


@pytest.mark.parametrize(
    "path",
    [LIST, f"{LIST}?q=secret", REQUESTS, DECLARED, "/sessions/SEG-1/code-de-presence/",
     f"{REQUESTS}affiche/", f"{REQUESTS}1/", f"{LIST}1/retirer/"],
)  # fmt: skip
def test_list_out_of_reach_does_not_exist(client: Client, path: str) -> None:
    session = make_session("SEG-1", territory=make_region("kayes", "Kayes"))
    attend(session, make_person("SECRET", "Nom"), positions=())
    ask(open_link(session=session, closes_on=START, by=None), "SECRET")
    for role, status in ((Role.FOCAL_POINT, 404), (Role.TRAINER, 404), (Role.PARTNER, 403)):
        client.force_login(make_user(role))
        answer = client.get(path)
        assert answer.status_code == status
        assert b"SECRET" not in answer.content


def test_name_of_another_session_is_not_taken_off_here(
    client: Client, session: TrainingSession
) -> None:
    one = attend(make_session("KAYES-1", territory=make_region("kayes", "Kayes")), positions=())

    assert client.post(f"{LIST}{one.pk}/retirer/", {"reason": "Erreur"}).status_code == 404
    assert Participation.objects.count() == 1


# --- The link and the requests ------------------------------------------------------------------


def test_link_is_opened_changed_and_closed(client: Client, session: TrainingSession) -> None:
    client.post(f"{REQUESTS}lien/", {"action": "open", "closes_on": "2025-05-13"})
    link = RegistrationLink.objects.get()
    page = client.get(REQUESTS)
    assert page.context["is_open"]
    assert f"/inscription/{link.token}/" in page.content.decode()
    assert "<svg" in page.context["qr"]

    client.post(f"{REQUESTS}lien/", {"action": "renew"})
    assert RegistrationLink.objects.get().token != link.token
    client.post(f"{REQUESTS}lien/", {"action": "close"})
    assert not client.get(REQUESTS).context["is_open"]


@pytest.mark.parametrize("day", ["", "demain", "2025-05-01", "2025-06-01"])
def test_link_with_an_unfit_day_is_refused(
    client: Client, session: TrainingSession, day: str
) -> None:
    answer = client.post(f"{REQUESTS}lien/", {"action": "open", "closes_on": day}, follow=True)

    assert len(answer.context["messages"]) == 1
    assert RegistrationLink.objects.count() == 0


def test_poster_is_one_page_that_leads_to_the_link(client: Client, link: RegistrationLink) -> None:
    TrainingSession.objects.update(title="Un intitulé très long " * 9, venue="Une salle " * 15)
    link.refresh_from_db()
    pdf = poster_pdf(RegistrationLink.objects.get())

    assert len(PDF_PAGE.findall(pdf)) == 1
    assert registration_address(link).endswith(f"/inscription/{link.token}/")
    answer = client.get(f"{REQUESTS}affiche/")
    assert (answer.status_code, answer.content[:4]) == (200, b"%PDF")


@pytest.mark.parametrize("people", [1, 3])
def test_requests_ask_the_database_as_often_for_1_as_for_3(
    client: Client, link: RegistrationLink, people: int, django_assert_num_queries
) -> None:
    for rank in range(people):
        ask(link, phone=f"+2237600000{rank}")
    client.get(REQUESTS)
    with django_assert_num_queries(10):
        page = client.get(REQUESTS)

    assert len(page.context["pending"]) + len(page.context["waiting"]) == people


def test_request_is_approved_as_the_person_it_resembles(
    client: Client, link: RegistrationLink
) -> None:
    known = make_person("DIARRA", "Awa", phone="76000001")
    one = ask(link)
    page = client.get(f"{REQUESTS}{one.pk}/")
    assert (page.context["selected"], len(page.context["choices"])) == (str(known.pk), 2)

    path = f"{REQUESTS}{one.pk}/"
    assert client.post(path, {"action": "approve"}).headers["Location"] == path
    client.post(path, {"action": "approve", "who": str(known.pk)})
    client.post(path, {"action": "approve", "who": str(known.pk)})
    assert Participation.objects.get().person == known


def test_person_who_was_not_proposed_is_not_taken(client: Client, link: RegistrationLink) -> None:
    make_person("DIARRA", "Awa", phone="76000001")
    stranger = make_person("MAIGA", "Ali")
    one = ask(link)
    client.post(f"{REQUESTS}{one.pk}/", {"action": "approve", "who": str(stranger.pk)})

    assert Participation.objects.count() == 0


def test_account_is_approved_in_one_tap(client: Client, link: RegistrationLink) -> None:
    person = make_person()
    one = ask_with_account(link=link, person=person)
    client.post(f"{REQUESTS}{one.pk}/", {"action": "approve"})

    assert Participation.objects.get().person == person


def test_request_is_refused_with_a_reason(client: Client, link: RegistrationLink) -> None:
    one = ask(link)
    client.post(f"{REQUESTS}{one.pk}/", {"action": "refuse", "reason": ""})
    one.refresh_from_db()
    assert one.state == "PENDING"
    client.post(f"{REQUESTS}{one.pk}/", {"action": "refuse", "reason": "Hors région"})
    assert client.get(REQUESTS).context["answered"][0]["reason"] == "Hors région"


def test_link_that_went_too_far_is_answered_at_once(client: Client, link: RegistrationLink) -> None:
    for rank in range(2):
        ask(link, phone=f"+2237600000{rank}")
    client.post(f"{REQUESTS}refuser/", {"reason": ""})
    assert client.get(REQUESTS).context["unknown"] == 2
    client.post(f"{REQUESTS}refuser/", {"reason": "Demandes en masse"})
    assert len(client.get(REQUESTS).context["answered"]) == 2


def test_freed_seat_proposes_the_next_in_line(client: Client, link: RegistrationLink) -> None:
    on_list = [attend(link.session, positions=()) for _ in range(2)]
    first, second = (ask(link, name, f"+2237600000{len(name)}") for name in ("ABA", "BABA"))
    page = client.get(REQUESTS)
    assert [row["is_next"] for row in page.context["waiting"]] == [False, False]

    refused = client.post(f"{REQUESTS}{first.pk}/", {"action": "approve"}, follow=True)
    assert "complète" in refused.content.decode()
    client.post(f"{LIST}{on_list[0].pk}/retirer/", {"reason": "Empêchée avant la session"})
    page = client.get(REQUESTS)
    rows = {row["pk"]: row["is_next"] for row in page.context["waiting"]}
    assert rows == {first.pk: True, second.pk: False}
    assert "Une place est libre" in page.content.decode()
    step = client.get("/sessions/SEG-1/").context["frame"]["to_do"]
    assert (step.text.split(" :")[0], step.url) == (
        "Une place est libre pour la liste d'attente",
        REQUESTS,
    )

    client.post(f"{REQUESTS}{second.pk}/", {"action": "approve", "overbook": "yes"})
    client.post(f"{REQUESTS}{first.pk}/", {"action": "approve", "overbook": "yes"})
    assert link.session.participations.count() == 3


# --- Presence -----------------------------------------------------------------------------------


def code_of(session: TrainingSession) -> str:
    return shown_code(session.slots.get(position=1)).digits


def test_screen_shows_the_code_and_renews_itself(client: Client, session: TrainingSession) -> None:
    page = client.get("/sessions/SEG-1/code-de-presence/")

    assert page.context["digits"].replace(" ", "") == code_of(session)
    assert 5 <= page.context["refresh"] <= 30
    assert '<meta http-equiv="refresh"' in page.content.decode()
    afternoon = client.get("/sessions/SEG-1/code-de-presence/?seance=2")
    assert afternoon.context["digits"] != page.context["digits"]


def test_screen_has_no_code_on_another_day(client: Client, session: TrainingSession) -> None:
    with time_machine.travel(datetime.datetime(2025, 5, 14, 9, tzinfo=datetime.UTC)):
        client.force_login(make_user(Role.COMMITTEE))
        page = client.get("/sessions/SEG-1/code-de-presence/")

    assert page.context["digits"] == ""
    assert 'http-equiv="refresh"' not in page.content.decode()


def test_participant_declares_by_number_then_by_account(session: TrainingSession) -> None:
    awa = make_person("DIARRA", "Awa", phone="76000001")
    ali = make_person("MAIGA", "Ali")
    for person in (awa, ali):
        attend(session, person, positions=())
    phone, account = Client(), Client()
    account.force_login(make_user(person=ali))
    sent = {"code": code_of(session), "phone": "76 00 00 01", "uuid": str(uuid.uuid4())}
    for _time in range(2):
        answer = phone.post("/presence/seg-1/", sent)
        assert answer.headers["Location"] == "/presence/seg-1/notee/"
    assert phone.get(answer.headers["Location"]).status_code == 200
    assert 'name="phone"' not in account.get("/presence/SEG-1/").content.decode()
    account.post("/presence/SEG-1/", {"code": code_of(session), "uuid": str(uuid.uuid4())})

    declared = DeclaredPresence.objects.order_by("pk").values_list(
        "participation__person", flat=True
    )
    assert list(declared) == [awa.pk, ali.pk]
    assert AttendanceMark.objects.count() == 0


def test_presence_page_tells_a_stranger_nothing(session: TrainingSession) -> None:
    attend(session, make_person("DIARRA", "Awa", phone="76000001"), positions=())
    stranger = Client()
    sent = {"code": "000000", "phone": "76000001", "uuid": str(uuid.uuid4())}

    def told(code: str) -> str:
        page = stranger.post(f"/presence/{code}/", sent).content.decode()
        return re.sub(r'value="[^"]*"', "", page.replace(code, ""))

    assert told("SEG-1") == told("NO-SUCH-SESSION")
    assert "DIARRA" not in told("SEG-1")
    assert session.title not in told("SEG-1")


def test_too_many_wrong_codes_are_told(
    session: TrainingSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(declared, "MISSES", 2)
    stranger, sent = Client(), {"code": "000000", "phone": "7", "uuid": str(uuid.uuid4())}
    answers = [stranger.post("/presence/SEG-1/", sent).status_code for _ in range(3)]

    assert answers == [200, 200, 429]


def test_trainer_confirms_all_or_some_and_sets_aside(
    client: Client, session: TrainingSession
) -> None:
    people = [attend(session, make_person(), positions=()) for _ in range(4)]
    one, two, three, four = (
        declare_presence(
            session=session, key="SEG-1", code=code_of(session), person=person.person,
            uuid=uuid.uuid4(),
        ).pk
        for person in people
    )  # fmt: skip
    client.post(DECLARED, {"action": "aside", "one": [one], "shown": [one, two, three, four]})
    client.post(DECLARED, {"action": "some", "one": [two], "shown": [two, three, four]})
    assert AttendanceMark.objects.count() == 1
    client.post(DECLARED, {"action": "all", "shown": [three, four]})

    page = client.get(DECLARED)
    assert (len(page.context["waiting"]), page.context["confirmed"], page.context["aside"]) == (
        0,
        3,
        1,
    )
    assert set(AttendanceMark.objects.values_list("source", flat=True)) == {"DECLARED"}


@pytest.mark.parametrize("people", [1, 3])
def test_declarations_ask_the_database_as_often_for_1_as_for_3(
    client: Client, session: TrainingSession, people: int, django_assert_num_queries
) -> None:
    for _ in range(people):
        person = attend(session, positions=()).person
        declare_presence(
            session=session, key="SEG-1", code=code_of(session), person=person, uuid=uuid.uuid4()
        )
    client.get(DECLARED)
    with django_assert_num_queries(6):
        page = client.get(DECLARED)

    assert len(page.context["waiting"]) == people
