"""The list of events, the quick entry, one event, its correction, its end, its files."""

import datetime
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from tests.factories.accounts import make_person, make_region, make_user
from tests.factories.trainers import make_trainer
from tests.trainers.awareness.typed_events import make_event, signed_in, typed
from trainers.awareness.events import version_of
from trainers.models import AwarenessEvent, Evidence, EvidenceAccess, Headcount

pytestmark = pytest.mark.django_db


# --- The list ------------------------------------------------------------------------------------


@pytest.mark.parametrize("events", [1, 3])
def test_list_asks_the_database_as_often_for_1_event_as_for_3(
    client: Client, events: int, django_assert_num_queries: Any
) -> None:
    for number in range(events):
        make_event(f"ACT-{number}")
    signed_in(client, Role.COMMITTEE)
    with django_assert_num_queries(7):  # session, account, roles, count, page, totals, regions
        answer = client.get("/actions/")

    assert len(answer.context["rows"]) == events
    assert {(row["people"], row["proofs"]) for row in answer.context["rows"]} == {(53, 1)}
    assert answer.context["totals"].people == 53 * events


def test_list_shows_each_one_their_events(client: Client) -> None:
    trainer = make_user(Role.TRAINER)
    make_event("MINE", by=trainer, territory=make_region("kayes", "Kayes"))
    make_event("SEGOU")
    make_event("GAO", territory=make_region("gao", "Gao"))

    def codes(user: User) -> set[str]:
        client.force_login(user)
        return {row["code"] for row in client.get("/actions/").context["rows"]}

    assert codes(trainer) == {"MINE"}
    assert codes(make_user(Role.FOCAL_POINT)) == {"SEGOU"}
    assert codes(make_user(Role.COMMITTEE)) == {"MINE", "SEGOU", "GAO"}


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("nature=CAMPAIGN", {"CAMP"}),
        ("etat=CANCELLED", set()),
        ("annee=2024", {"OLD"}),
        ("region=kayes", {"KAYES"}),
        ("q=école", {"CAMP"}),
        ("page=99", {"CAMP", "OLD", "KAYES"}),
    ],
)
def test_list_is_filtered(client: Client, query: str, codes: set[str]) -> None:
    make_event("CAMP", kind="CAMPAIGN", place="école")
    make_event("OLD", held_on=datetime.date(2024, 3, 4))
    make_event("KAYES", territory=make_region("kayes", "Kayes"))
    signed_in(client, Role.COMMITTEE)
    answer = client.get(f"/actions/?{query}")
    assert {row["code"] for row in answer.context["rows"]} == codes


@pytest.mark.parametrize("role", [Role.PARTNER, Role.EDITOR, Role.ADMINISTRATOR, None])
@pytest.mark.parametrize("address", ["/actions/", "/actions/SECRET-1/", "/actions/nouvelle/"])
def test_events_are_closed_to_others(client: Client, role: str | None, address: str) -> None:
    make_event("SECRET-1")
    signed_in(client, *([role] if role else []))
    answer = client.get(address)
    assert answer.status_code == 403
    assert b"Dialogue SECRET-1" not in answer.content


def test_event_of_another_territory_does_not_exist(client: Client) -> None:
    event = make_event("SECRET-1", territory=make_region("kayes", "Kayes"))
    file = Evidence.objects.get(event=event)
    signed_in(client, Role.FOCAL_POINT)
    for address in ("", "modifier/", "fiche/", f"pieces/{file.pk}/"):
        answer = client.get(f"/actions/SECRET-1/{address}")
        assert answer.status_code == 404
        assert b"Dialogue SECRET-1" not in answer.content
    for address in ("valider/", "annuler/", "question/", "pieces/", "renvoyer/", "repondre/"):
        assert client.post(f"/actions/SECRET-1/{address}").status_code == 404
    assert EvidenceAccess.objects.count() == 0


# --- The entry -----------------------------------------------------------------------------------


def test_event_is_noted_with_its_photo_in_one_go(client: Client) -> None:
    make_region()
    user = signed_in(client, Role.FOCAL_POINT)
    shown = client.get("/actions/nouvelle/").context["form"]
    assert shown["territory"].value() == "segou"
    photo = SimpleUploadedFile("IMG_0001.jpg", b"photo", "image/jpeg")

    answer = client.post(
        "/actions/nouvelle/", typed(uuid=str(uuid.uuid4()), proof=photo), follow=True
    )

    event = AwarenessEvent.objects.get()
    assert answer.redirect_chain == [(f"/actions/{event.code}/", 302)]
    assert (event.title, event.encoded_by) == ("Dialogue communautaire, Marché", user)
    cells = Headcount.objects.order_by("-people").values_list("sex", "age_band", "people")
    assert list(cells) == [("F", "ADULT", 31), ("M", "ADULT", 22), ("", "UNKNOWN", 4)]
    assert Evidence.objects.get(event=event).original_name == "IMG_0001.jpg"
    assert "une autre personne peut la valider" in answer.content.decode()


def test_trainer_is_offered_the_own_base(client: Client) -> None:
    person = make_person()
    make_trainer(person, base=make_region("kayes", "Kayes"))
    signed_in(client, Role.TRAINER, person=person)
    assert client.get("/actions/nouvelle/").context["form"]["territory"].value() == "kayes"


def test_double_click_notes_one_event(client: Client) -> None:
    make_region()
    signed_in(client, Role.COMMITTEE)
    sent = typed(uuid=str(uuid.uuid4()))
    for _ in range(2):
        assert client.post("/actions/nouvelle/", sent).status_code == 302
    assert AwarenessEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"place": ""}, "place"),
        ({"n_F_ADULT": "-1"}, "n_F_ADULT"),
        ({"n_F_ADULT": "beaucoup"}, "n_F_ADULT"),
        ({"pre_answers": "5", "pre_knowing": "6"}, "pre_knowing"),
        ({"post_answers": "5"}, "post_knowing"),
        ({"code": "nouvelle"}, "code"),
        ({"territory": "kayes"}, "territory"),
        ({"proof": SimpleUploadedFile("a.exe", b"MZ")}, "proof"),
    ],
)
def test_unfit_entry_is_told_and_nothing_is_written(
    client: Client, facts: dict[str, Any], field: str
) -> None:
    make_region()
    make_region("kayes", "Kayes")
    signed_in(client, Role.FOCAL_POINT)
    answer = client.post("/actions/nouvelle/", typed(**facts))
    assert list(answer.context["form"].errors) == [field]
    assert (AwarenessEvent.objects.count(), Evidence.objects.count()) == (0, 0)


# --- One event -----------------------------------------------------------------------------------


def test_event_page_shows_totals_that_add_up(client: Client) -> None:
    make_event(pre=(20, 8), post=(18, 15))
    signed_in(client, Role.COMMITTEE)
    answer = client.get("/actions/ACT-1/")
    assert answer.context["grid"].total == 53
    assert [share.percent for share in answer.context["shares"]] == [40, 83]
    assert "deux foules" in answer.content.decode()


@pytest.mark.parametrize(
    ("role", "is_offered"),
    [(Role.COMMITTEE, True), (Role.FOCAL_POINT, True), (Role.TRAINER, False)],
)
def test_plan_is_offered_to_whoever_may_link_it(
    client: Client, role: str, is_offered: bool
) -> None:
    user = make_user(role)
    make_event("ACT-1", by=user if role == Role.TRAINER else make_user(Role.TRAINER))
    client.force_login(user)
    page = client.get("/actions/ACT-1/").content.decode()
    address = reverse("trainers:event_plan", args=["ACT-1"])

    assert (address in page) is is_offered
    assert client.get(address).status_code == (200 if is_offered else 403)


def test_correction_is_kept_with_its_author(client: Client) -> None:
    event = make_event()
    user = signed_in(client, Role.FOCAL_POINT)
    shown = client.get("/actions/ACT-1/modifier/").context["form"]
    assert (shown["n_F_ADULT"].value(), shown["seen"].value()) == (31, version_of(event))

    sent = typed(place="École", seen=str(version_of(event)), n_X_UNKNOWN="")
    client.post("/actions/ACT-1/modifier/", sent)
    late = client.post("/actions/ACT-1/modifier/", {**sent, "place": "Mairie"})

    assert "Quelqu&#x27;un d&#x27;autre a modifié" in late.content.decode()
    event.refresh_from_db()
    assert event.place == "École"
    last = event.history.order_by("-history_id").first()
    assert last is not None
    assert last.history_user == user


def test_event_is_validated_by_a_third_person_on_screen(client: Client) -> None:
    encoder = make_user(Role.FOCAL_POINT)
    event = make_event(by=encoder)
    client.force_login(encoder)
    page = client.post("/actions/ACT-1/valider/", follow=True).content.decode()
    assert "Qui a saisi une action ne peut pas la valider." in page
    assert "demandez à un tiers" in page
    signed_in(client, Role.TRAINER)
    assert client.post("/actions/ACT-1/valider/").status_code == 403

    signed_in(client, Role.COMMITTEE)
    assert client.get("/actions/ACT-1/").context["can_validate"]
    client.post("/actions/ACT-1/valider/")
    event.refresh_from_db()
    assert event.state == "VALIDATED"
    assert client.get("/actions/ACT-1/modifier/").status_code == 403
    assert client.post("/actions/ACT-1/pieces/").status_code == 403


def test_question_and_answer_stay_in_the_history(client: Client) -> None:
    encoder = make_user(Role.FOCAL_POINT)
    event = make_event(by=encoder)
    committee = signed_in(client, Role.COMMITTEE)
    client.post("/actions/ACT-1/renvoyer/", {"words": " "})
    client.post("/actions/ACT-1/renvoyer/", {"words": "Qui a compté ?"})
    page = client.post("/actions/ACT-1/valider/", follow=True).content.decode()
    assert "elle attend une réponse" in page
    assert [row["state"] for row in client.get("/actions/?etat=RUNNING").context["rows"]] == [
        "Renvoyée"
    ]

    client.force_login(encoder)
    assert "Qui a compté ?" in client.get("/actions/ACT-1/").content.decode()
    client.post("/actions/ACT-1/repondre/", {"words": "Deux enseignants, à la porte."})

    lines = client.get("/actions/ACT-1/").context["history"]
    assert [(line["by"], line["what"]) for line in lines] == [
        (str(encoder), "Deux enseignants, à la porte."),
        (str(committee), "Qui a compté ?"),
        (str(encoder), "Saisie"),
    ]
    client.force_login(committee)
    client.post("/actions/ACT-1/valider/")
    event.refresh_from_db()
    assert event.state == "VALIDATED"


def test_correction_answers_the_question(client: Client) -> None:
    encoder = make_user(Role.FOCAL_POINT)
    event = make_event(by=encoder)
    signed_in(client, Role.COMMITTEE)
    client.post("/actions/ACT-1/renvoyer/", {"words": "Où exactement ?"})
    client.force_login(encoder)
    assert client.post("/actions/ACT-1/renvoyer/", {"words": "?"}).status_code == 302
    client.post("/actions/ACT-1/modifier/", typed(place="École", seen=str(version_of(event))))
    event.refresh_from_db()
    assert (event.state, event.place) == ("TO_VALIDATE", "École")


def test_incomplete_event_says_everything_it_lacks(client: Client) -> None:
    make_event(theme="", place="")
    Evidence.objects.all().delete()
    signed_in(client, Role.COMMITTEE)
    page = client.post("/actions/ACT-1/valider/", follow=True).content.decode()
    for sentence in ("Il manque le lieu", "Il manque le thème.", "Il manque une pièce"):
        assert sentence in page
    assert not client.get("/actions/ACT-1/").context["event"].validated_at


def test_event_is_cancelled_with_its_reason(client: Client) -> None:
    make_event()
    signed_in(client, Role.FOCAL_POINT)
    client.post("/actions/ACT-1/annuler/", {"reason": ""})
    assert AwarenessEvent.objects.get().state == "TO_VALIDATE"
    page = client.post("/actions/ACT-1/annuler/", {"reason": "Saisie deux fois."}, follow=True)
    assert "Saisie deux fois." in page.content.decode()
    assert client.get("/actions/").context["totals"].people == 0


def test_file_is_kept_once_and_each_opening_is_logged(client: Client) -> None:
    event = make_event()
    user = signed_in(client, Role.FOCAL_POINT)
    for _ in range(2):
        photo = SimpleUploadedFile("photo.jpg", b"autre photo", "image/jpeg")
        client.post("/actions/ACT-1/pieces/", {"file": photo})
    assert Evidence.objects.filter(event=event).count() == 2
    kept = Evidence.objects.get(original_name="photo.jpg")

    answer = client.get(f"/actions/ACT-1/pieces/{kept.pk}/")

    assert b"".join(answer.streaming_content) == b"autre photo"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="photo.jpg"'
    assert list(EvidenceAccess.objects.values_list("evidence", "user")) == [(kept.pk, user.pk)]


@pytest.mark.parametrize("address", ["/actions/fiche/", "/actions/ACT-1/fiche/"])
def test_sheet_to_fill_in_is_one_page(client: Client, address: str) -> None:
    from courses.awareness_sheets import page_count

    make_event()
    signed_in(client, Role.TRAINER)
    client.force_login(make_user(Role.COMMITTEE))
    answer = client.get(address)
    assert (answer["Content-Type"], page_count(answer.content)) == ("application/pdf", 1)
