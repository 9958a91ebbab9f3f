"""From the screens of the field to the figures of the plan, and back down to each record."""

import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.enums import Role
from accounts.models import Territory
from courses.downloads import count_download
from tests.factories.accounts import make_user
from tests.factories.indicators import figures, handed_over, held_event, make_committee, measured
from trainers.awareness.disseminations import void_dissemination
from trainers.models import AwarenessEvent, Dissemination

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plan")]


@pytest.fixture
def committee(client: Client) -> Client:
    client.force_login(make_committee())
    return client


def note_on_screen(client: Client, **facts: str) -> AwarenessEvent:
    """What a focal point of Ségou types in a village, with a photo."""
    segou = Territory.objects.get(code="segou")
    client.force_login(make_user(Role.FOCAL_POINT, territory=segou))
    known = set(AwarenessEvent.objects.values_list("pk", flat=True))
    sent: dict[str, Any] = {
        "kind": "COMMUNITY_DIALOGUE",
        "held_on": "2025-03-04",
        "territory": "segou",
        "place": "Marché",
        "theme": "SIGNS",
        "n_F_ADULT": "31",
        "n_M_UNDER_18": "9",
        "pre_answers": "30",
        "pre_knowing": "12",
        "post_answers": "25",
        "post_knowing": "20",
        "proof": SimpleUploadedFile("photo.jpg", b"photo", "image/jpeg"),
        **facts,
    }
    assert client.post("/actions/nouvelle/", sent).status_code == 302
    return AwarenessEvent.objects.exclude(pk__in=known).get()


def test_event_goes_from_the_screen_to_the_figures(client: Client) -> None:
    event = note_on_screen(client)
    assert figures(measured("1.1.1-b")) == (40, 0, None)
    assert figures(measured("1.1-b")) == (80.0, None, None)

    client.force_login(make_committee())
    client.post(f"/actions/{event.code}/valider/")

    assert figures(measured("1.1.1-b")) == (40, 40, None)
    assert figures(measured("1.1-b")) == (80.0, 80.0, None)


def test_figure_without_names_shows_its_unit_and_adds_up(committee: Client) -> None:
    held_event("E1", {("F", "ADULT"): 40}, post=(30, 24), validated_by=make_committee())
    held_event("E2", {("F", "ADULT"): 12}, post=(10, 2))

    detail = committee.get("/plan/1.1.1-b/2025/").context["detail"]
    assert [tile["unit"] for tile in detail.tiles] == ["personnes comptées sans nom"] * 2
    assert detail.cells_note.startswith("Un effectif sans noms : les cases s'additionnent")
    heads = committee.get("/plan/1.1.1-b/2025/participations/").context
    assert (heads["total"], {line.figure for line in heads["lines"]}) == ("52", {"40", "12"})
    shares = committee.get("/plan/1.1-b/2025/participations/").context
    assert shares["total"] == "26 sur 40"
    assert {line.figure for line in shares["lines"]} == {"24 sur 30", "2 sur 10"}


def test_cancelled_event_leaves_the_figures(client: Client) -> None:
    event = note_on_screen(client)
    client.post(f"/actions/{event.code}/annuler/", {"reason": "Saisie deux fois."})
    assert measured("1.1.1-b").all.value == 0
    assert measured("1.1-b").all.n == 0


@pytest.mark.parametrize("code", ["1.1-b", "1.1.1-b"])
def test_figure_opens_down_to_the_page_of_each_event(committee: Client, code: str) -> None:
    held_event("E1", {("F", "ADULT"): 40}, post=(30, 24), validated_by=make_committee())
    held_event("E2", {("F", "ADULT"): 12}, post=(10, 2))

    lines = committee.get(f"/plan/{code}/2025/participations/").context["lines"]

    assert [(line.url, line.is_validated) for line in lines] == [
        ("/actions/ESSAI-E1/", True),
        ("/actions/ESSAI-E2/", False),
    ]
    assert committee.get(lines[0].url).status_code == 200


def test_figure_of_knowledge_says_that_nobody_is_followed(client: Client) -> None:
    event = note_on_screen(client)
    client.force_login(make_committee())
    client.post(f"/actions/{event.code}/valider/")

    page = client.get("/plan/1.1-b/2025/")

    assert "deux foules interrogées sans noms" in page.content.decode()
    before = next(
        tile for tile in page.context["detail"].tiles if str(tile["label"]).startswith("Réponses")
    )
    assert (before["figure"], before["n"]) == ("40\N{NO-BREAK SPACE}%", "n = 30")


def test_few_answers_before_are_kept_from_partners(client: Client) -> None:
    event = note_on_screen(client, pre_answers="4", pre_knowing="2")
    client.force_login(make_committee())
    client.post(f"/actions/{event.code}/valider/")
    client.force_login(make_user(Role.PARTNER))
    labels = [tile["label"] for tile in client.get("/plan/1.1-b/2025/").context["detail"].tiles]
    assert "Réponses justes avant l'action" not in labels


def test_voided_copies_leave_the_figures(committee: Client) -> None:
    handed_over(100)
    mistake = handed_over(1000)
    assert figures(measured("3.2.1-a")) == (1100, 1100, None)
    void_dissemination(dissemination=mistake, by=make_committee(), reason="Un zéro de trop.")
    assert figures(measured("3.2.1-a")) == (100, 100, None)
    assert measured("1.1.2-a").all.value == 1


@pytest.mark.parametrize("code", ["3.2.1-a", "1.1.2-a"])
def test_downloads_stand_beside_the_figure_and_are_never_added(
    committee: Client, code: str
) -> None:
    handed = handed_over(100)
    before = figures(measured(code))
    for day in (datetime.date(2025, 3, 4), datetime.date(2025, 3, 4), datetime.date(2024, 3, 4)):
        count_download(document="d", title="Manuel", on=day)

    page = committee.get(f"/plan/{code}/2025/")
    lines = committee.get(f"/plan/{code}/2025/participations/").context["lines"]

    assert figures(measured(code)) == before
    tile = next(
        one for one in page.context["detail"].tiles if one["label"] == "Téléchargements, à part"
    )
    assert (tile["figure"], tile["note"]) == ("2", "Jamais ajoutés au chiffre")
    assert [line.url for line in lines] == [f"/diffusions/{handed.pk}/"]


def test_focal_point_opens_only_the_records_of_its_territory(client: Client) -> None:
    kayes = Territory.objects.get(code="kayes")
    held_event("K", {("F", "ADULT"): 40}, territory=kayes, validated_by=make_committee())
    held_event("S", {("F", "ADULT"): 12}, validated_by=make_committee())
    client.force_login(make_user(Role.FOCAL_POINT, territory=kayes))

    page = client.get("/plan/1.1.1-b/2025/participations/")

    assert [line.url for line in page.context["lines"]] == ["/actions/ESSAI-K/"]
    assert b"ESSAI-S" not in page.content
    assert Dissemination.objects.count() == 0
