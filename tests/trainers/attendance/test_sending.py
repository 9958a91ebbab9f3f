"""What phones send of a roll call: each item once, two phones side by side, nothing hidden."""

import datetime
import uuid
from typing import Any

import pytest

from accounts.models import Organization, Person, Posting
from tests.factories.accounts import make_person, make_profession, make_region
from tests.factories.trainers import attend, make_session
from trainers.attendance.sending import ItemAnswer, receive_sending
from trainers.attendance.sending_payload import read_sending
from trainers.enums import SessionState
from trainers.models import AttendanceMark, Participation, Registration, TrainingSession
from trainers.participation.marks import contradicted_pairs, marks_in_force
from trainers.sessions.planning import cancel_session

pytestmark = pytest.mark.django_db
AT = 1_747_040_400_000  # 12 May 2025, 9:00 UTC
CONTRADICTED = (
    "Un autre pointage dit le contraire, les deux sont gardés : rechargez la page pour choisir."
)


def uid(number: int) -> str:
    return str(uuid.UUID(int=number))


def tap(number: int, who: int | str, slot: int, *, here: bool = True, **more: Any) -> dict:
    return {"id": uid(number), "who": who, "slot": slot, "here": here, "at": AT, **more}


def newcomer(number: int, family_name: str = "KONE", **facts: str) -> dict:
    return {"id": uid(number), "family_name": family_name, "given_name": "Awa", **facts}


def send(session: TrainingSession, *items: dict) -> list[ItemAnswer]:
    """The answers, in the order of the items."""
    answers = receive_sending(session=session, sending=read_sending({"items": items}), by=None)
    return [answers[uuid.UUID(item["id"])] for item in items]


@pytest.fixture
def session() -> TrainingSession:
    return make_session("SEG-1")


@pytest.fixture
def slots(session: TrainingSession) -> list[int]:
    return list(session.slots.order_by("position").values_list("pk", flat=True))


def test_tap_is_a_mark_with_the_uuid_and_the_time_of_its_phone(
    session: TrainingSession, slots: list[int]
) -> None:
    awa = attend(session, positions=[])

    assert send(session, tap(1, awa.pk, slots[0]), tap(2, awa.pk, slots[1], scan=True)) == [
        ItemAnswer(),
        ItemAnswer(),
    ]

    marks = AttendanceMark.objects.order_by("pk").values_list("uuid", "device_at", "source")
    moment = datetime.datetime(2025, 5, 12, 9, tzinfo=datetime.UTC)
    assert list(marks) == [
        (uuid.UUID(int=1), moment, "PHONE"),
        (uuid.UUID(int=2), moment, "QR"),
    ]
    awa.refresh_from_db()
    session.refresh_from_db()
    assert (awa.contact_minutes, session.state) == (420, SessionState.RUNNING)


def test_same_sending_twice_writes_once_and_answers_alike(
    session: TrainingSession, slots: list[int]
) -> None:
    items = [
        newcomer(1, phone="76 00 00 01", organization="Tribunal"),
        tap(2, uid(1), slots[0]),
        tap(3, uid(1), slots[0], here=False, voids=[uid(2)], why="Erreur"),
    ]
    first = send(session, *items)

    assert send(session, *items) == first == [ItemAnswer()] * 3
    assert AttendanceMark.objects.count() == 2
    assert (Person.objects.count(), Participation.objects.count()) == (1, 1)
    assert (Organization.objects.count(), Posting.objects.count()) == (1, 1)


def test_two_phones_that_agree_are_both_kept_and_count_once(
    session: TrainingSession, slots: list[int]
) -> None:
    awa = attend(session, positions=[])
    send(session, tap(1, awa.pk, slots[0]))

    assert send(session, tap(2, awa.pk, slots[0])) == [ItemAnswer()]

    awa.refresh_from_db()
    assert AttendanceMark.objects.count() == 2
    assert (awa.contact_minutes, contradicted_pairs(session)) == (210, set())


def test_two_phones_that_contradict_each_other_are_both_kept_and_shown(
    session: TrainingSession, slots: list[int]
) -> None:
    awa = attend(session, positions=[])
    send(session, tap(1, awa.pk, slots[0], here=False))

    assert send(session, tap(2, awa.pk, slots[0])) == [ItemAnswer(note=CONTRADICTED)]

    assert contradicted_pairs(session) == {(awa.pk, slots[0])}
    assert marks_in_force(session)[awa.pk, slots[0]].is_present is False  # the first stands


def test_correction_voids_what_its_phone_showed_and_nothing_else(
    session: TrainingSession, slots: list[int]
) -> None:
    """The other phone's mark was not on the screen when the trainer corrected: it stays."""
    awa = attend(session, positions=[])
    send(session, tap(1, awa.pk, slots[0]))
    send(session, tap(2, awa.pk, slots[0]))

    (answer,) = send(session, tap(3, awa.pk, slots[0], here=False, voids=[uid(1)], why="Partie"))

    assert answer == ItemAnswer(note=CONTRADICTED)
    correction = AttendanceMark.objects.get(uuid=uid(3))
    assert (str(correction.voids.uuid), correction.void_reason) == (uid(1), "Partie")
    (settled,) = send(
        session,
        tap(4, awa.pk, slots[0], here=False, voids=[uid(2)], why="Deux personnes l'ont vue"),
    )
    assert settled == ItemAnswer()
    assert contradicted_pairs(session) == set()


def test_one_correction_settles_several_marks(session: TrainingSession, slots: list[int]) -> None:
    awa = attend(session, positions=[])
    send(session, tap(1, awa.pk, slots[0]), tap(2, awa.pk, slots[0]))

    both = [uid(1), uid(2)]
    send(session, tap(3, awa.pk, slots[0], here=False, voids=both, why="Erreur"))

    awa.refresh_from_db()
    assert contradicted_pairs(session) == set()
    assert (awa.contact_minutes, AttendanceMark.objects.exclude(voids=None).count()) == (0, 2)


def test_two_corrections_of_one_mark_are_both_kept(
    session: TrainingSession, slots: list[int]
) -> None:
    awa = attend(session, positions=[])
    send(session, tap(1, awa.pk, slots[0]))
    send(session, tap(2, awa.pk, slots[0], here=False, voids=[uid(1)], why="Absente"))

    (answer,) = send(session, tap(3, awa.pk, slots[0], voids=[uid(1)], why="Présente"))

    assert answer == ItemAnswer(note=CONTRADICTED)
    assert marks_in_force(session)[awa.pk, slots[0]].is_present is False
    assert AttendanceMark.objects.get(uuid=uid(3)).voids is None


def test_what_cannot_be_kept_is_refused_in_a_sentence_beside_the_rest(
    session: TrainingSession, slots: list[int]
) -> None:
    awa = attend(session, positions=[1])
    other = make_session("SEG-2")
    stranger = attend(other, make_person("SECRET"), positions=[])
    mark = AttendanceMark.objects.get()
    elsewhere = other.slots.first().pk

    answers = send(
        session,
        tap(1, stranger.pk, slots[0]),
        tap(2, awa.pk, elsewhere),
        tap(3, awa.pk, slots[0], here=False, voids=[str(mark.uuid)]),
        tap(4, uid(99), slots[0]),
        {"id": uid(5), "who": awa.pk, "slot": slots[0], "here": "oui"},
        tap(6, awa.pk, slots[1]),
        {**tap(7, awa.pk, slots[1]), "id": str(mark.uuid)},
    )

    absent = "Cette personne n'est pas sur la liste de la session SEG-1."
    assert [answer.refusal for answer in answers] == [
        absent,
        "Cette demi-journée n'est pas de la session SEG-1.",
        "Une correction de présence demande un motif.",
        absent,
        "Cet envoi est illisible : notez cette présence de nouveau.",
        "",
        "Cet identifiant de pointage est déjà celui d'un autre pointage.",
    ]
    assert AttendanceMark.objects.count() == 2


def test_closed_session_keeps_what_it_has_and_refuses_the_rest(
    session: TrainingSession, slots: list[int]
) -> None:
    """The answer of the first sending was lost; the session closed before the second."""
    awa = attend(session, positions=[])
    items = [newcomer(1), tap(2, awa.pk, slots[0])]
    send(session, *items)
    cancel_session(session=session, reason="Report")

    answers = send(session, *items, newcomer(3), tap(4, awa.pk, slots[1]))

    said = "La session SEG-1 est annulée : ses présences ne changent plus."
    assert [answer.refusal for answer in answers] == ["", "", said, said]


# --- Newcomers ---------------------------------------------------------------------------------


def test_newcomer_is_a_person_frozen_with_what_was_typed(
    session: TrainingSession, slots: list[int]
) -> None:
    facts = {
        "phone": "76 00 00 01",
        "sex": "F",
        "profession": make_profession().code,
        "organization": "Tribunal",
        "territory": make_region().code,
    }
    assert send(session, tap(2, uid(1), slots[0]), newcomer(1, **facts)) == [ItemAnswer()] * 2

    one = Participation.objects.get()
    assert (str(one.person), one.person.phone) == ("Awa KONE", "+22376000001")
    assert (one.sex, one.profession.code, one.territory.code) == ("F", "avocat", "segou")
    assert (one.organization.name, one.contact_minutes) == ("Tribunal", 210)


def test_newcomer_of_two_phones_is_one_person_with_the_marks_of_both(
    session: TrainingSession, slots: list[int]
) -> None:
    send(session, newcomer(1, phone="76000001"), tap(2, uid(1), slots[0]))

    answers = send(session, newcomer(3, "Koné", phone="76 00 00 01"), tap(4, uid(3), slots[1]))

    assert answers[0].note == (
        "Déjà sur la liste, avec ce nom et ce numéro : un seul nom est gardé."
    )
    assert Person.objects.count() == 1
    assert Participation.objects.get().contact_minutes == 420
    assert Registration.objects.count() == 2


def test_newcomers_of_one_sending_who_agree_are_one_person(session: TrainingSession) -> None:
    send(session, newcomer(1, phone="76000001"), newcomer(2, phone="76000001"))

    assert (Person.objects.count(), Participation.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("known", "typed", "note"),
    [
        (
            {"family_name": "MAIGA", "given_name": "Ali", "phone": "76000001"},
            {"phone": "76000001"},
            "Ce numéro de téléphone est déjà celui d'une autre personne, d'un autre nom.",
        ),
        (
            {"family_name": "KONE", "phone": ""},
            {},
            "Même nom qu'une personne connue : vérifiez si c'est elle.",
        ),
        (
            {"family_name": "KONE", "phone": "76000002"},
            {"phone": "76000001"},
            "Même nom qu'une personne connue, mais un autre téléphone.",
        ),
    ],
)
def test_newcomer_who_only_resembles_is_somebody_else_with_a_note(
    session: TrainingSession, known: dict[str, str], typed: dict[str, str], note: str
) -> None:
    make_person(**known)

    assert send(session, newcomer(1, **typed)) == [ItemAnswer(note=note)]

    assert Person.objects.count() == 2
    assert Registration.objects.get().reason == note


def test_newcomer_already_known_elsewhere_keeps_the_own_record(session: TrainingSession) -> None:
    known = make_person("KONE", phone="76000001", sex="F")

    send(session, newcomer(1, phone="76000001"))

    assert Participation.objects.get().person == known
    assert Participation.objects.get().sex == "F"


def test_number_that_is_none_loses_nobody(session: TrainingSession) -> None:
    assert send(session, newcomer(1, phone="12")) == [
        ItemAnswer(note="« 12 » n'est pas un numéro de téléphone.")
    ]
    assert Participation.objects.get().person.phone == ""


@pytest.mark.parametrize("count", [1, 3])
def test_sending_costs_as_many_queries_for_1_item_as_for_3(
    session: TrainingSession, slots: list[int], count: int, django_assert_num_queries
) -> None:
    people = [attend(session, positions=[]) for _ in range(count)]
    attend(session, positions=[1])  # the session runs already
    items = [newcomer(100 + one, f"NOM{one}", phone=f"7700000{one}") for one in range(count)]
    items += [tap(one, people[one].pk, slots[0]) for one in range(count)]
    sending = read_sending({"items": items})
    with django_assert_num_queries(35):
        receive_sending(session=session, sending=sending, by=None)


@pytest.mark.parametrize("count", [1, 3])
def test_sending_of_marks_alone_costs_fewer(
    session: TrainingSession, slots: list[int], count: int, django_assert_num_queries
) -> None:
    people = [attend(session, positions=[]) for _ in range(count)]
    attend(session, positions=[1])
    items = [tap(one, people[one].pk, slots[0]) for one in range(count)]
    sending = read_sending({"items": items})
    with django_assert_num_queries(15):
        receive_sending(session=session, sending=sending, by=None)
