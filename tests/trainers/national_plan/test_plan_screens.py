"""The training plan on screen: who reads what, and what a figure opens down to."""

import datetime
from typing import Any

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from tests.factories.accounts import make_country, make_region, make_user
from tests.factories.trainers import (
    attend,
    make_event,
    make_plan_item,
    make_session,
    workbook,
)
from tests.trainers.national_plan.test_board import plan_with_work, spend
from trainers.models import PlanActivityBudget, PlanItem
from trainers.national_plan.attachments import attach_event, attach_session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("summer")]
URL = "/plan-de-formation/"


@pytest.fixture
def summer() -> Any:
    """A day of the plan's third year."""
    with time_machine.travel(datetime.datetime(2025, 7, 1, 10, tzinfo=datetime.UTC), tick=False):
        yield


def kayes_line() -> PlanItem:
    return make_plan_item(territory=make_region("kayes", "Kayes"), note="Réservé à Kayes")


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def said(answer: Any) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def sign_in(client: Client, role: str) -> User:
    user = make_user(role)
    client.force_login(user)
    return user


# --- Reading ------------------------------------------------------------------------------------


def test_committee_reads_the_lines_of_this_year(client: Client) -> None:
    make_plan_item()
    kayes_line()
    make_plan_item(year=2026)
    sign_in(client, Role.COMMITTEE)

    this_year = client.get(URL)
    all_years = client.get(URL, {"annee": ""})

    assert (this_year.context["count"], all_years.context["count"]) == (2, 3)
    assert [group["code"] for group in this_year.context["groups"]] == ["A3.2.1-03"]


def test_focal_point_reads_the_own_territory_only(client: Client) -> None:
    make_plan_item()
    other = kayes_line()
    national = make_plan_item(territory=make_country())
    sign_in(client, Role.FOCAL_POINT)

    page = client.get(URL)

    assert page.context["count"] == 1
    assert "Kayes" not in text_of(page).replace("Kayes</option>", "")
    for item in (other, national):
        answer = client.get(f"{URL}lignes/{item.pk}/")
        assert answer.status_code == 404
        assert "Réservé" not in text_of(answer)
    assert client.get(f"{URL}lignes/nouvelle/").status_code == 403
    assert client.get(f"{URL}import/").status_code == 403
    assert "Ajouter une ligne" not in text_of(page)


@pytest.mark.parametrize("role", [Role.TRAINER, Role.PARTNER, Role.ADMINISTRATOR, Role.EDITOR])
def test_others_are_refused(client: Client, role: str) -> None:
    item = kayes_line()
    sign_in(client, role)

    for path in ("", "avancement/", "sessions/", "depenses/", "export/", f"lignes/{item.pk}/"):
        answer = client.get(f"{URL}{path}")
        assert answer.status_code == 403
        assert "Réservé" not in text_of(answer)


def test_figures_open_down_to_their_sessions(client: Client) -> None:
    item = plan_with_work()
    event = attach_event(event=make_event(people=85), item=item)
    make_session("SEG-9")
    PlanActivityBudget.objects.create(activity=item.activity, year=2025, amount=15_000_000)
    sign_in(client, Role.COMMITTEE)

    progress = client.get(f"{URL}avancement/", {"annee": "2025"})
    year = progress.context["tables"][0]["rows"][0]

    assert (year["held"], year["validated"], year["planned"]) == ("3", "1", "3")
    assert (year["printed"], year["difference"]) == (
        "15\u202f000\u202f000\u00a0FCFA",
        "−9\u202f000\u202f000\u00a0FCFA",
    )
    held = client.get(year["held_url"]).context["rows"]
    assert {row["code"] for row in held} == {"SEG-1", "SEG-2", event.code}
    validated = client.get(year["validated_url"]).context["rows"]
    assert [row["code"] for row in validated] == ["SEG-1"]
    spent = client.get(year["spent_url"])
    assert spent.context["total"] == year["spent"] == "1\u202f120\u202f000\u00a0FCFA"
    assert len(spent.context["rows"]) == 4  # the voided one is shown, and not counted
    outside = client.get(progress.context["outside"]["url"]).context["rows"]
    assert [row["code"] for row in outside] == ["SEG-9"]


def test_late_lines_are_found(client: Client) -> None:
    late = make_plan_item()
    make_plan_item(due_on=datetime.date(2025, 12, 31))
    sign_in(client, Role.COMMITTEE)

    page = client.get(URL, {"annee": "2025", "etat": "LATE"})

    assert [row["url"] for group in page.context["groups"] for row in group["rows"]] == [
        f"{URL}lignes/{late.pk}/"
    ]


def test_country_row_opens_the_national_lines_alone(client: Client) -> None:
    make_plan_item()
    make_plan_item(territory=make_country())
    sign_in(client, Role.COMMITTEE)

    tables = client.get(f"{URL}avancement/").context["tables"]
    rows = {row["label"]: row for row in tables[-1]["rows"]}

    for label in ("Mali", "Ségou"):
        page = client.get(rows[label]["lines_url"])
        assert (page.context["count"], rows[label]["lines"]) == (1, 1)


@pytest.mark.parametrize("lines", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"),
    [("", 10), ("avancement/", 15), ("sessions/", 12), ("depenses/", 12)],
)
def test_screens_take_the_same_queries_whatever_the_plan(
    client: Client, django_assert_num_queries: Any, path: str, queries: int, lines: int
) -> None:
    for day in range(1, lines + 1):
        item = make_plan_item(due_on=datetime.date(2025, 6, day))
        session = make_session()
        attend(session)
        attach_session(session=session, item=item)
        attach_event(event=make_event(f"EVT-{day}"), item=item)
        spend(session, 50_000)
    sign_in(client, Role.COMMITTEE)
    client.get(f"{URL}{path}")  # the site's own caches

    with django_assert_num_queries(queries):
        assert client.get(f"{URL}{path}").status_code == 200


@pytest.mark.parametrize("works", [1, 3])
def test_a_line_takes_the_same_queries_whatever_hangs_on_it(
    client: Client, django_assert_num_queries: Any, works: int
) -> None:
    item = make_plan_item()
    for number in range(works):
        session = attach_session(session=make_session(), item=item)
        spend(session, 50_000)
        spend(attach_event(event=make_event(f"EVT-{number}"), item=item), 5_000)
        make_session()  # to be offered
    sign_in(client, Role.COMMITTEE)
    client.get(f"{URL}lignes/{item.pk}/")

    with django_assert_num_queries(14):
        client.get(f"{URL}lignes/{item.pk}/")


def test_export_comes_as_a_workbook(client: Client) -> None:
    make_plan_item()
    sign_in(client, Role.COMMITTEE)

    answer = client.get(f"{URL}export/", {"annee": "2025"})

    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="plan-de-formation-2025.xlsx"'
    )
    assert answer.content.startswith(b"PK")


# --- Writing ------------------------------------------------------------------------------------


def typed(**changes: object) -> dict[str, object]:
    return {
        "activity": "A3.2.1-03",
        "year": "2025",
        "topic": "",
        "category": "",
        "territory": "segou",
        "planned_sessions": "2",
        "planned_people": "50",
        "budget": "4 500 000",
        "due_on": "2025-11-30",
        "note": "",
        **changes,
    }


def test_committee_writes_changes_closes_and_opens_a_line(client: Client) -> None:
    make_plan_item().delete()
    sign_in(client, Role.COMMITTEE)

    client.post(f"{URL}lignes/nouvelle/", typed())
    again = client.post(f"{URL}lignes/nouvelle/", typed())  # the double click
    item = PlanItem.objects.get()
    assert (item.budget, item.planned_people) == (4_500_000, 50)
    assert "existe déjà" in text_of(again)

    page = f"{URL}lignes/{item.pk}/"
    form = client.get(f"{page}modifier/").context["form"]
    assert form["activity"].value() == "A3.2.1-03"
    assert client.post(f"{page}modifier/", typed(budget="5 000 000")).status_code == 200
    client.post(f"{page}modifier/", typed(budget="5 000 000", reason="Avenant"))
    assert PlanItem.objects.get().budget == 5_000_000
    assert "Avenant" in text_of(client.get(page))

    assert said(client.post(f"{page}clore/")) == [
        "Dites pourquoi : le motif est gardé dans l'historique."
    ]
    client.post(f"{page}clore/", {"reason": "Bailleur retiré"})
    assert "Bailleur retiré" in text_of(client.get(page))
    client.post(f"{page}rouvrir/", {"reason": "Nouveau bailleur"})
    client.post(f"{page}retirer/", {"reason": "Erreur"})
    assert not PlanItem.objects.exists()


def test_amount_that_is_no_amount_is_told(client: Client) -> None:
    make_plan_item()
    sign_in(client, Role.COMMITTEE)

    page = client.post(f"{URL}lignes/nouvelle/", typed(budget="beaucoup"))

    assert "« beaucoup » n&#x27;est pas un nombre entier de FCFA." in text_of(page)


def test_a_need_opens_a_prefilled_line(client: Client) -> None:
    make_plan_item()
    sign_in(client, Role.COMMITTEE)

    form = client.get(
        f"{URL}lignes/nouvelle/", {"topic": "law", "territory": "segou", "year": "2026"}
    ).context["form"]

    assert [form[name].value() for name in ("topic", "territory", "year")] == [
        "law",
        "segou",
        "2026",
    ]


@pytest.mark.parametrize("act", ["modifier", "clore", "rouvrir", "retirer", "depenses"])
def test_focal_point_writes_no_line(client: Client, act: str) -> None:
    item = make_plan_item()
    sign_in(client, Role.FOCAL_POINT)

    assert client.post(f"{URL}lignes/{item.pk}/{act}/", {"reason": "x"}).status_code == 403
    assert PlanItem.objects.get().closed_on is None


def test_sessions_and_events_are_attached_from_the_line(client: Client) -> None:
    item = make_plan_item()
    session, event = make_session("SEG-1"), make_event("EVT-1")
    make_session("KAY-1", territory=make_region("kayes", "Kayes"))
    sign_in(client, Role.FOCAL_POINT)
    page = f"{URL}lignes/{item.pk}/"

    offered = [one["value"] for one in client.get(page).context["candidates"]]
    assert offered == ["session:SEG-1", "event:EVT-1"]
    for value in offered:
        client.post(f"{page}rattacher/", {"work": value})
    assert client.post(f"{page}rattacher/", {"work": "session:KAY-1"}).status_code == 404
    refused = client.post(f"{page}rattacher/", {"work": ""})

    session.refresh_from_db()
    event.refresh_from_db()
    assert (session.plan_item, event.plan_item) == (item, item)
    assert session.plan_activity == item.activity
    assert said(refused)[-1] == "Choisissez une session ou une action dans la liste."
    assert {row["code"] for row in client.get(page).context["works"]} == {"SEG-1", "EVT-1"}


# --- Import -------------------------------------------------------------------------------------


def test_import_is_checked_then_applied_once(client: Client) -> None:
    make_plan_item().delete()
    sign_in(client, Role.COMMITTEE)
    titles = ("Activité", "Année", "Territoire", "Sessions prévues", "À tenir avant le")
    content = workbook([titles, ("A3.2.1-03", 2025, "Ségou", 2, "30/11/2025")])
    upload = SimpleUploadedFile("plan.xlsx", content)
    checked = client.post(f"{URL}import/", {"file": upload})
    page = client.get(checked["Location"])
    assert (page.context["report"].new, PlanItem.objects.count()) == (1, 0)

    sha256 = page.context["report"].sha256
    for _click in range(2):
        applied = client.post(checked["Location"], {"sha256": sha256})
    assert PlanItem.objects.get().planned_sessions == 2
    assert said(applied)[-1] == "Ce fichier était déjà appliqué : rien n'a changé."


def test_import_of_a_file_that_is_no_workbook_is_told(client: Client) -> None:
    sign_in(client, Role.COMMITTEE)
    page = client.post(f"{URL}import/", {"file": SimpleUploadedFile("plan.xlsx", b"bonjour")})

    assert "n&#x27;est pas un classeur lisible" in text_of(page)
