"""A signed sheet typed on a keyboard, JavaScript off: whole or not at all, nothing overwritten."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.enums import Role
from tests.factories.accounts import make_person, make_user
from tests.factories.trainers import attend, make_session, make_trainer, staff
from trainers.attendance.log import record_mark
from trainers.attendance.short_codes import short_code
from trainers.attendance.typed_cells import UnreadableBox, read_box
from trainers.enums import EntrySource
from trainers.models import AttendanceMark, Participation, TrainingSession
from trainers.sessions.planning import cancel_session

pytestmark = pytest.mark.django_db
ADDRESS = "/sessions/SEG-1/appel/saisie/"


@pytest.fixture
def session(client: Client) -> TrainingSession:
    """A session whose trainer is signed in."""
    person = make_person("DIALLO", "Sira")
    session = make_session("SEG-1")
    staff(session, make_trainer(person))
    client.force_login(make_user(Role.TRAINER, person=person))
    return session


def typed(page: HttpResponse, **boxes: str) -> dict[str, str]:
    """What the browser sends of the page, with these boxes typed over."""
    typing = page.context["typing"]
    data: dict[str, Any] = {"uuid": str(typing.uuid)}
    for row in typing.rows:
        for box in row.boxes:
            data |= {box.name: box.value, f"was-{box.name}": box.was}
    return data | boxes


def box(one: Participation, position: int) -> str:
    assert one.session is not None
    return f"mark-{one.pk}-{one.session.slots.get(position=position).pk}"


def log() -> list[tuple[int, int, bool, str]]:
    marks = AttendanceMark.objects.order_by("pk")
    return list(marks.values_list("participation", "slot__position", "is_present", "source"))


@pytest.mark.parametrize(
    ("sign", "said"),
    [("1", True), ("P", True), ("0", False), ("a", False), (" ", None), ("", None)],
)
def test_signs_of_a_box(sign: str, said: bool | None) -> None:
    assert read_box(sign) is said


@pytest.mark.parametrize("sign", ["2", "x", "l", "1 0", "é"])
def test_other_signs_are_refused(sign: str) -> None:
    with pytest.raises(UnreadableBox, match="ne se lit pas"):
        read_box(sign)


def test_sheet_is_typed_once_however_often_it_is_sent(
    client: Client, session: TrainingSession
) -> None:
    awa = attend(session, make_person("AWA"), positions=[])
    ali = attend(session, make_person("MAIGA"), positions=[])
    data = typed(client.get(ADDRESS), **{box(awa, 1): "1", box(awa, 2): "a", box(ali, 1): "P"})

    for _ in range(2):
        assert client.post(ADDRESS, data).headers["Location"] == ADDRESS

    assert log() == [
        (awa.pk, 1, True, "TYPED"),
        (awa.pk, 2, False, "TYPED"),
        (ali.pk, 1, True, "TYPED"),
    ]


def test_unknown_sign_keeps_all_that_was_typed_and_writes_nothing(
    client: Client, session: TrainingSession
) -> None:
    awa = attend(session, make_person("TRAORE"), positions=[])
    data = typed(client.get(ADDRESS), **{box(awa, 1): "1", box(awa, 2): "x"})
    answer = client.post(ADDRESS, data)

    assert answer.context["typing"].rows[0].errors == [
        "Awa TRAORE, J1 après-midi : « x » ne se lit pas : tapez 1 ou p (présent), 0 ou a."
    ]
    assert [one.value for one in answer.context["typing"].rows[0].boxes] == ["1", "x", "", ""]
    assert log() == []


def test_nothing_is_overwritten_without_a_reason(client: Client, session: TrainingSession) -> None:
    awa = attend(session, positions=[1])
    page = client.get(ADDRESS)
    emptied = client.post(ADDRESS, typed(page, **{box(awa, 1): ""}))
    assert "ne retire rien" in emptied.context["typing"].rows[0].errors[0]
    data = typed(page, **{box(awa, 1): "0"})
    refused = client.post(ADDRESS, data)

    assert refused.context["refused"] == (
        "1 présence déjà notée change : indiquez le motif de la correction."
    )
    assert AttendanceMark.objects.count() == 1
    client.post(ADDRESS, data | {"reason": "Erreur de saisie"})
    correction = AttendanceMark.objects.exclude(voids=None).get()
    assert (correction.is_present, correction.void_reason) == (False, "Erreur de saisie")


def test_page_made_before_somebody_else_wrote_undoes_nothing(
    client: Client, session: TrainingSession
) -> None:
    awa = attend(session, positions=[1])
    page = client.get(ADDRESS)
    client.post(ADDRESS, typed(page, **{box(awa, 1): "0", "reason": "Erreur"}))

    client.post(ADDRESS, typed(page, **{box(awa, 2): "1"}))

    assert [mark[1:3] for mark in log()] == [(1, True), (1, False), (2, True)]


def test_contradiction_is_an_empty_box_that_a_reason_settles(
    client: Client, session: TrainingSession
) -> None:
    awa = attend(session, positions=[1])
    slot = session.slots.get(position=1)
    record_mark(
        uuid="00000000-0000-0000-0000-000000000001",
        participation=awa, slot=slot, is_present=False, source=EntrySource.PHONE,
    )  # fmt: skip
    page = client.get(ADDRESS)
    assert page.context["typing"].rows[0].boxes[0].value == ""

    client.post(ADDRESS, typed(page, **{box(awa, 1): "0", "reason": "Absente"}))

    awa.refresh_from_db()
    assert awa.contact_minutes == 0


def test_people_written_at_the_end_of_the_sheet_are_added_with_their_marks(
    client: Client, session: TrainingSession
) -> None:
    attend(session, positions=[1])
    slot = session.slots.get(position=2)
    added = {
        "new-1-family_name": "KONE",
        "new-1-given_name": "Bakary",
        "new-1-sex": "M",
        "new-1-phone": "76 00 00 01",
        "new-1-organization": "Mairie",
        f"new-1-{slot.pk}": "1",
    }
    data = typed(client.get(ADDRESS), **added)
    client.post(ADDRESS, data)
    client.post(ADDRESS, data)

    one = Participation.objects.get(person__family_name="KONE")
    assert (one.sex, one.organization.name, one.contact_minutes) == ("M", "Mairie", 210)
    assert log()[1:] == [(one.pk, 2, True, "TYPED")]


def test_box_without_a_name_asks_for_it(client: Client, session: TrainingSession) -> None:
    slot = session.slots.get(position=2)
    answer = client.post(ADDRESS, typed(client.get(ADDRESS), **{f"new-2-{slot.pk}": "1"}))

    assert answer.context["typing"].blanks[1].errors == ["Ligne 2 : écrivez le nom de la personne."]


def test_code_of_a_row_is_where_the_typing_starts(client: Client, session: TrainingSession) -> None:
    attend(session, make_person("AWA"), positions=[])
    ali = attend(session, make_person("MAIGA"), positions=[])
    page = client.get(ADDRESS, {"code": short_code(ali.pk).lower()})
    assert page.context["found_id"] == ali.pk
    assert page.content.decode().count("autofocus") == 1

    page = client.get(ADDRESS, {"code": "2222-3"})
    assert page.context["bad_code"] == "« 2222-3 » est mal recopié : relisez chaque signe."


@pytest.mark.parametrize("people", [1, 3])
def test_screen_asks_as_often_for_1_person_as_for_3(
    client: Client, session: TrainingSession, people: int, django_assert_num_queries
) -> None:
    for _ in range(people):
        attend(session)
    with django_assert_num_queries(11):
        assert len(client.get(ADDRESS).context["typing"].rows) == people


def test_who_may_type(client: Client, session: TrainingSession) -> None:
    attend(session, make_person("SECRET"))
    observer = make_person()
    staff(session, make_trainer(observer), "OBSERVER")
    stranger = make_person()
    make_trainer(stranger)
    for person, status in ((observer, 403), (stranger, 404)):
        client.force_login(make_user(Role.TRAINER, person=person))
        for answer in (client.get(ADDRESS), client.post(ADDRESS)):
            assert answer.status_code == status
            assert "SECRET" not in answer.content.decode()
    cancel_session(session=session, reason="Report")
    client.force_login(make_user(Role.COMMITTEE))
    assert client.post(ADDRESS).status_code == 403
