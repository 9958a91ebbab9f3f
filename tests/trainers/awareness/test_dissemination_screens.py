"""The log of documents on screen: list with totals, entry, voiding, receipt."""

import datetime
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.enums import Role
from accounts.models import Organization
from courses.downloads import count_download
from tests.factories.accounts import make_region, make_user
from trainers.awareness.disseminations import record_dissemination
from trainers.models import Dissemination, EvidenceAccess

pytestmark = pytest.mark.django_db


def hand_over(title: str = "Manuel", **facts: Any) -> Dissemination:
    return record_dissemination(
        **{
            "document_kind": "HARMONISED_MANUAL",
            "title": title,
            "edition": "2",
            "copies": 40,
            "handed_on": datetime.date(2025, 3, 4),
            "territory": make_region(),
            **facts,
        }
    )


def typed(**facts: Any) -> dict[str, Any]:
    return {
        "document_kind": "HARMONISED_MANUAL",
        "title": "Manuel",
        "edition": "2",
        "copies": "40",
        "handed_on": "2025-03-04",
        "territory": "segou",
        "recipient": "Tribunal de Ségou",
        "receipt_reference": "R-1",
        "uuid": str(uuid.uuid4()),
        **facts,
    }


@pytest.fixture
def focal_point(client: Client) -> Client:
    client.force_login(make_user(Role.FOCAL_POINT))
    return client


@pytest.mark.parametrize("lines", [1, 3])
def test_log_asks_the_database_as_often_for_1_line_as_for_3(
    client: Client, lines: int, django_assert_num_queries: Any
) -> None:
    for number in range(lines):
        hand_over(f"Manuel {number}")
        count_download(document=f"d{number}", title="Fiche")
    client.force_login(make_user(Role.COMMITTEE))
    # session, account, roles, count, page, documents, copies by place, regions, downloads and
    # their titles, regions of the filter
    with django_assert_num_queries(11):
        answer = client.get("/diffusions/")
    assert len(answer.context["lines"]) == len(answer.context["downloads"]) == lines


def test_log_shows_its_territory_and_downloads_apart(focal_point: Client) -> None:
    hand_over(receipt_reference="R-1")
    hand_over("SECRET", territory=make_region("kayes", "Kayes"))
    count_download(document="fiche-fr-signes", title="Fiche : Les signes")

    answer = focal_point.get("/diffusions/")

    assert [line["title"] for line in answer.context["lines"]] == ["Manuel"]
    assert [one["copies"] for one in answer.context["documents"]] == [40]
    assert answer.context["downloads"] == [{"title": "Fiche : Les signes", "downloads": 1}]
    assert b"SECRET" not in answer.content


@pytest.mark.parametrize(
    ("query", "titles"),
    [("document=SHEET", {"Fiche"}), ("annee=2024", {"Ancien"}), ("region=kayes", {"Kayes"})],
)
def test_log_is_filtered(client: Client, query: str, titles: set[str]) -> None:
    hand_over("Fiche", document_kind="SHEET")
    hand_over("Ancien", handed_on=datetime.date(2024, 3, 4))
    hand_over("Kayes", territory=make_region("kayes", "Kayes"))
    client.force_login(make_user(Role.COMMITTEE))
    answer = client.get(f"/diffusions/?{query}")
    assert {line["title"] for line in answer.context["lines"]} == titles


@pytest.mark.parametrize("role", [Role.TRAINER, Role.PARTNER, Role.EDITOR, None])
def test_log_is_closed_to_others(client: Client, role: str | None) -> None:
    handed = hand_over("SECRET")
    client.force_login(make_user(*([role] if role else [])))
    for address in ("", "nouvelle/", f"{handed.pk}/", f"{handed.pk}/recu/"):
        answer = client.get(f"/diffusions/{address}")
        assert answer.status_code == 403
        assert b"SECRET" not in answer.content


def test_hand_over_is_noted_once_with_its_receipt(focal_point: Client) -> None:
    make_region()
    same = typed()
    for _ in range(2):
        photo = SimpleUploadedFile("recu.jpg", b"recu", "image/jpeg")
        assert (
            focal_point.post("/diffusions/nouvelle/", {**same, "receipt": photo}).status_code == 302
        )
    focal_point.post("/diffusions/nouvelle/", typed(recipient="TRIBUNAL DE  SEGOU"))

    first, second = Dissemination.objects.order_by("pk")
    assert first.recipient == second.recipient == Organization.objects.get()
    answer = focal_point.get(f"/diffusions/{first.pk}/recu/")
    assert b"".join(answer.streaming_content) == b"recu"
    assert EvidenceAccess.objects.count() == 1
    assert focal_point.get(f"/diffusions/{second.pk}/recu/").status_code == 404


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"copies": "0"}, "copies"),
        ({"territory": "kayes"}, "territory"),
        ({"handed_on": "2999-01-01"}, "handed_on"),
        ({"recipient": ""}, "recipient"),
    ],
)
def test_unfit_hand_over_is_told(focal_point: Client, facts: dict[str, str], field: str) -> None:
    make_region("kayes", "Kayes")
    answer = focal_point.post("/diffusions/nouvelle/", typed(**facts))
    assert list(answer.context["form"].errors) == [field]
    assert Dissemination.objects.count() == 0


def test_line_is_voided_with_its_reason_on_screen(focal_point: Client) -> None:
    handed = hand_over()
    page = focal_point.post(f"/diffusions/{handed.pk}/annuler/", {"reason": " "}, follow=True)
    assert "Annuler une remise demande un motif." in page.content.decode()

    reason = {"reason": "Un zéro de trop."}
    page = focal_point.post(f"/diffusions/{handed.pk}/annuler/", reason, follow=True)

    assert "Un zéro de trop." in page.content.decode()
    assert "Annuler cette remise" not in page.content.decode()
    assert focal_point.get("/diffusions/").context["documents"] == []


def test_line_of_another_territory_does_not_exist(focal_point: Client) -> None:
    handed = hand_over("SECRET", territory=make_region("kayes", "Kayes"))
    assert focal_point.get(f"/diffusions/{handed.pk}/").status_code == 404
    answer = focal_point.post(f"/diffusions/{handed.pk}/annuler/", {"reason": "Erreur."})
    assert answer.status_code == 404
    assert focal_point.post(f"/diffusions/{handed.pk}/recu/ajouter/").status_code == 404
    assert Dissemination.objects.standing().count() == 1


def test_receipt_that_comes_later_makes_the_copies_count(focal_point: Client) -> None:
    handed = hand_over()
    address = f"/diffusions/{handed.pk}/recu/ajouter/"

    def bring(reference: str, content: bytes) -> str:
        photo = SimpleUploadedFile("recu.jpg", content, "image/jpeg")
        sent = {"reference": reference, "file": photo}
        return focal_point.post(address, sent, follow=True).content.decode()

    assert "Il faut la référence du reçu" in bring("", b"recu")
    assert "la remise compte dans le plan" in bring("R-9", b"recu")
    assert "Cette remise a déjà son reçu." in bring("R-10", b"autre")

    handed.refresh_from_db()
    assert handed.receipt is not None
    assert (handed.receipt_reference, handed.receipt.original_name) == ("R-9", "recu.jpg")
    assert "Le reçu est arrivé" not in focal_point.get(f"/diffusions/{handed.pk}/").content.decode()


def test_voided_line_takes_no_receipt(focal_point: Client) -> None:
    handed = hand_over()
    focal_point.post(f"/diffusions/{handed.pk}/annuler/", {"reason": "Erreur."})
    photo = SimpleUploadedFile("recu.jpg", b"recu", "image/jpeg")
    address = f"/diffusions/{handed.pk}/recu/ajouter/"
    page = focal_point.post(address, {"reference": "R-9", "file": photo}, follow=True)
    assert "Cette remise est annulée" in page.content.decode()
    assert Dissemination.objects.get().receipt is None
