import datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Role
from accounts.models import Territory, User
from indicators.matrix import MatrixChoice, MatrixRow, build_matrix
from indicators.measuring import open_observatory
from indicators.periods import whole_plan
from indicators.viewers import COMMITTEE, Viewer
from tests.factories.accounts import make_region, make_user
from tests.factories.indicators import crowd, held_event, held_session, make_committee

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plan")]
TODAY = datetime.date(2026, 3, 10)


def row(code: str, viewer: Viewer = COMMITTEE, **choice: object) -> MatrixRow:
    matrix = build_matrix(
        open_observatory(whole_plan(), viewer),
        MatrixChoice(focus=2025, **choice),  # type: ignore[arg-type]
        today=TODAY,
    )
    return next(one for axis in matrix.axes for one in axis.rows if one.code == code)


def opened(client: Client, user: User, **query: str) -> str:
    client.force_login(user)
    response = client.get(reverse("indicators:matrix"), query)
    assert response.status_code == 200
    return response.content.decode()


def test_matrix_has_39_rows_in_four_axes() -> None:
    matrix = build_matrix(open_observatory(whole_plan()), MatrixChoice(focus=2025), today=TODAY)

    assert [(axis.number, len(axis.rows)) for axis in matrix.axes] == [
        (1, 10), (2, 8), (3, 9), (4, 12)
    ]  # fmt: skip
    assert (matrix.n_measured, matrix.n_declared) == (16, 23)


def test_a_cell_sets_the_validated_figure_beside_its_target() -> None:
    held_session("A", crowd(3), validated_by=make_committee())
    held_session("B", crowd(4))

    cell = row("1.1.1-a").cells[2]

    assert (cell.heading, cell.value, cell.pending) == ("2025", "3", "+ 4 en attente")
    assert (cell.status, cell.look, cell.is_focus) == ("En retard", "behind", True)
    assert cell.url == "/plan/1.1.1-a/2025/"


def test_years_to_come_and_years_under_way_are_not_late() -> None:
    held_session("A", crowd(3), starts_on=datetime.date(2026, 2, 2), validated_by=make_committee())

    cells = row("1.1.1-a").cells

    assert [cell.status for cell in cells[:4]] == [
        "Pas de donnée", "Pas de donnée", "Pas de donnée", "En dessous à ce jour"
    ]  # fmt: skip
    assert [cell.is_to_come for cell in cells] == [False, False, False, False, True]


def test_printed_quirks_are_kept_and_shown() -> None:
    assert row("1.2.1-a").printed_gap == "Total imprimé 200, calculé 800"
    assert row("1.1-a").printed_gap == ""
    assert row("1.2").cells[0].target == "sans cible imprimée"
    assert row("1.1.2-c").cells[0].status == "Rien de prévu"


def test_filters_retain_an_axis_and_a_way_of_measuring() -> None:
    matrix = build_matrix(
        open_observatory(whole_plan()),
        MatrixChoice(focus=2025, axis=3, is_measured=True),
        today=TODAY,
    )

    assert [one.code for axis in matrix.axes for one in axis.rows] == [
        "3.1.1-a", "3.1.1-b", "3.1.1-c", "3.2.1-a", "3.2.1-c"
    ]  # fmt: skip


def test_committee_opens_the_matrix_and_its_file(client: Client) -> None:
    committee = make_committee()
    held_session("A", crowd(3))

    page = opened(client, committee, annee="2025", axe="1")
    file = client.get(reverse("indicators:matrix_file"))

    assert "Prévention de la traite des personnes" in page
    assert "Respect et application" not in page.partition("<table")[2]
    lines = file.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("period,code,label,method")
    assert len(lines) == 1 + 39 * 6


@pytest.mark.parametrize("role", [None, Role.TRAINER, Role.EDITOR, Role.ADMINISTRATOR])
def test_matrix_is_closed_to_other_roles(client: Client, role: str | None) -> None:
    client.force_login(make_user(*([role] if role else [])))

    assert client.get(reverse("indicators:matrix")).status_code == 403


@pytest.mark.parametrize("role", [Role.PARTNER, Role.FOCAL_POINT])
def test_file_of_the_matrix_is_for_the_committee(client: Client, role: str) -> None:
    client.force_login(make_user(role))

    assert client.get(reverse("indicators:matrix_file")).status_code == 403


@time_machine.travel(datetime.datetime(2026, 3, 10, 12, tzinfo=datetime.UTC))
def test_partner_never_reads_what_is_not_validated(client: Client) -> None:
    held_session("A", crowd(16), validated_by=make_committee())
    held_session("B", crowd(27))

    page = opened(client, make_user(Role.PARTNER), annee="2025")

    assert ">16<" in page
    for leak in (">43<", "27 en attente", "Région"):
        assert leak not in page


def test_focal_point_reads_its_territory_only(client: Client) -> None:
    kayes = Territory.objects.get(code="kayes")
    committee = make_committee()
    held_session(
        "A",
        [*crowd(7, territory=make_region()), *crowd(13, territory=kayes)],
        validated_by=committee,
    )
    held_event("E", {("F", "ADULT"): 4321}, territory=kayes, validated_by=committee)

    focal = make_user(Role.FOCAL_POINT, territory=make_region())
    page = opened(client, focal, annee="2025")
    elsewhere = opened(client, focal, annee="2025", region="kayes")

    assert ">7<" in page
    assert "Chiffres de Ségou" in page
    for text in (page, elsewhere):
        for leak in (">13<", ">20<", "4 321", "4321"):
            assert leak not in text


def test_committee_may_look_at_one_region(client: Client) -> None:
    held_session(
        "A",
        [*crowd(7, territory=make_region()), *crowd(13)],
        validated_by=make_committee(),
    )

    page = opened(client, make_committee(), annee="2025", region="segou")

    assert "Chiffres de Ségou" in page
    assert ">7<" in page
    assert ">20<" not in page
    assert "/plan/1.1.2-b/2025/?region=segou" in page


@pytest.mark.parametrize("sessions", [1, 3])
def test_matrix_takes_the_same_queries_for_any_number_of_sessions(
    client: Client, sessions: int
) -> None:
    for number in range(sessions):
        held_session(f"S{number}", crowd(2, pre=40, post=80))
    committee = make_committee()
    client.force_login(committee)

    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("indicators:matrix"))

    assert len(queries) == 19
