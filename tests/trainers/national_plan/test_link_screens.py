"""From a session or an event: its line of the plan and its costs, within the account's reach."""

import datetime
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.enums import Role
from tests.factories.accounts import make_person, make_region, make_user
from tests.factories.trainers import make_event, make_plan_item, make_session, make_trainer, staff
from tests.trainers.national_plan.test_plan_screens import URL, sign_in, text_of
from trainers.models import EvidenceAccess, Expense

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("summer")]


@pytest.fixture
def summer() -> Any:
    """A day of the plan's third year."""
    with time_machine.travel(datetime.datetime(2025, 7, 1, 10, tzinfo=datetime.UTC), tick=False):
        yield


def test_trainer_attaches_the_own_session_and_writes_its_costs(client: Client) -> None:
    item, session, person = make_plan_item(), make_session("SEG-1"), make_person()
    staff(session, make_trainer(person))
    client.force_login(make_user(Role.TRAINER, person=person))
    page = "/sessions/SEG-1/plan/"

    client.post(page, {"item": item.pk})
    shown = client.get(page)
    session.refresh_from_db()
    assert session.plan_item == item
    assert shown.context["line_url"] == ""  # a trainer does not open the plan

    uuid = "7f6d3c1e-0000-4000-8000-000000000001"
    cost = {"uuid": uuid, "label": "Salle", "spent_on": "2025-05-13", "amount": "150 000"}
    for _click in range(2):
        client.post(f"{page}depenses/", cost)
    rows = client.get(page).context["expenses"]
    assert [row["amount"] for row in rows] == ["150\u202f000\u00a0FCFA"]
    client.post(rows[0]["void_url"], {"reason": "Erreur"})
    assert client.get(page).context["spent"] == "0\u00a0FCFA"

    client.post(f"{page}detacher/")
    session.refresh_from_db()
    assert session.plan_item is None


def test_a_session_out_of_reach_shows_no_cost_and_takes_none(client: Client) -> None:
    make_session("KAY-1", territory=make_region("kayes", "Kayes"))
    sign_in(client, Role.FOCAL_POINT)

    for path in ("", "depenses/", "detacher/"):
        assert client.post(f"/sessions/KAY-1/plan/{path}").status_code == 404
    assert client.get("/sessions/KAY-1/plan/").status_code == 404


def test_event_is_attached_and_costed_by_its_focal_point_only(client: Client) -> None:
    item = make_plan_item()
    event = make_event("EVT-1")
    make_event("EVT-2", territory=make_region("kayes", "Kayes"))
    sign_in(client, Role.FOCAL_POINT)
    page = f"{URL}actions/EVT-1/"

    client.post(page, {"item": item.pk})
    cost = {"uuid": "7f6d3c1e-0000-4000-8000-000000000002", "label": "Radio"}
    client.post(f"{page}depenses/", {**cost, "spent_on": "2025-05-21", "amount": "60000"})
    event.refresh_from_db()
    assert event.plan_item == item
    assert client.get(page).context["spent"] == "60\u202f000\u00a0FCFA"
    wrong = client.post(f"{page}depenses/", {**cost, "uuid": "x"})
    assert "Vérifiez les réponses suivantes" in text_of(wrong)
    assert client.get(f"{URL}actions/EVT-2/").status_code == 404


def test_proof_opens_for_those_in_charge_and_is_logged(client: Client) -> None:
    make_session("SEG-1")
    focal_point = sign_in(client, Role.FOCAL_POINT)
    client.post(
        "/sessions/SEG-1/plan/depenses/",
        {
            "uuid": "7f6d3c1e-0000-4000-8000-000000000003",
            "label": "Salle",
            "spent_on": "2025-05-13",
            "amount": "150000",
            "proof": SimpleUploadedFile("facture.pdf", b"facture 12"),
        },
    )
    url = f"{URL}depenses/{Expense.objects.get().pk}/justificatif/"

    answer = client.get(url)
    assert b"".join(answer.streaming_content) == b"facture 12"
    assert EvidenceAccess.objects.get().user == focal_point

    client.force_login(make_user(Role.FOCAL_POINT, territory=make_region("kayes", "Kayes")))
    assert client.get(url).status_code == 404
    assert client.post(url.replace("justificatif", "annuler"), {"reason": "x"}).status_code == 404
