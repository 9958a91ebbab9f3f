import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Role
from accounts.models import Profession, Territory
from tests.factories.accounts import make_person, make_region, make_user
from tests.factories.indicators import (
    Attendee,
    crowd,
    handed_over,
    held_event,
    held_session,
    make_committee,
)
from trainers.models import Participation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plan")]


def figure(code: str, period: str = "2025") -> str:
    return reverse("indicators:figure", args=[code, period])


def justification(code: str, period: str = "2025") -> str:
    return reverse("indicators:participations", args=[code, period])


def text(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
def committee(client: Client) -> Client:
    client.force_login(make_committee())
    return client


# --- One figure --------------------------------------------------------------------------------


def test_figure_shows_its_three_figures_and_how_it_is_made(committee: Client) -> None:
    magistrate = Profession.objects.get(code="magistrat-siege")
    held_session(
        "A",
        crowd(11, profession=magistrate),
        topics=["cadre-juridique"],
        validated_by=make_committee(),
    )

    page = text(committee, figure("3.1.1-b"))

    for words in (
        "Nombre de magistrats formés",
        "Personnes uniques",
        "Couverture du corps",
        "2,1 %",
        "dépasse l&#x27;effectif connu du corps",
        "Ce qui n&#x27;est pas compté",
        "Justifier ce chiffre",
    ):
        assert words in page


@pytest.mark.parametrize("period", ["2023", "2025-T1", "2025-S2", "2025-03", "plan", "2030"])
@pytest.mark.parametrize("code", ["1.1-a", "1.1-b", "1.1.2-a", "1.1.2-c", "1.2.1-a"])
def test_figure_opens_for_every_kind_of_period(committee: Client, code: str, period: str) -> None:
    held_session("A", crowd(2, pre=40, post=80))
    held_event("E", {("F", "ADULT"): 12}, post=(10, 6))
    handed_over(5)

    assert committee.get(figure(code, period)).status_code == 200


@pytest.mark.parametrize("url", ["/plan/9.9/2025/", "/plan/1.1-a/hier/", "/plan/1.1-a/2025-13/"])
def test_figure_of_nothing_is_not_found(committee: Client, url: str) -> None:
    assert committee.get(url).status_code == 404
    assert committee.get(f"{url}participations/").status_code == 404


def test_declared_figure_has_nothing_to_justify(committee: Client) -> None:
    page = text(committee, figure("1.2.1-a", "plan"))

    assert "aucun relevé saisi" in page
    assert "Justifier ce chiffre" not in page
    assert committee.get(justification("1.2.1-a")).status_code == 404


def test_small_figure_is_masked_for_a_partner(client: Client) -> None:
    held_session("A", crowd(4, pre=40, post=90), validated_by=make_committee())
    client.force_login(make_user(Role.PARTNER))

    page = text(client, figure("1.1-a"))

    assert "Chiffre masqué" in page
    for leak in ("n = 4", "100 %<", "4 participations", "paires, "):
        assert leak not in page


def test_partner_sees_masked_cells_and_no_way_to_the_names(client: Client) -> None:
    held_session(
        "A",
        [*crowd(31), *crowd(2, sex="M"), Attendee(person=make_person("SECRET"), sex="")],
        validated_by=make_committee(),
    )
    client.force_login(make_user(Role.PARTNER))

    page = text(client, figure("1.1.2-b"))

    assert page.count("moins de 5 ou masqué") == 2
    for leak in ("SECRET", "participations/", "Justifier"):
        assert leak not in page
    assert client.get(justification("1.1.2-b")).status_code == 403


def test_partner_reads_years_but_not_quarters(client: Client) -> None:
    held_session("A", crowd(12), validated_by=make_committee())
    client.force_login(make_user(Role.PARTNER))

    statuses = [client.get(figure("1.1.2-b", period)).status_code for period in ("2025", "plan")]

    assert statuses == [200, 200]
    assert client.get(figure("1.1.2-b", "2025-T1")).status_code == 404
    assert "2025-T1" not in text(client, figure("1.1.2-b"))


# --- Justify -----------------------------------------------------------------------------------


def test_justification_lists_the_participations_of_a_cell(committee: Client) -> None:
    women = [Attendee(person=make_person("FEMME"), sex="F") for _ in range(2)]
    held_session("A", [*women, Attendee(person=make_person("HOMME"), sex="M")])

    page = text(committee, justification("1.1.2-b") + "?sex=F")

    assert page.count("FEMME") == 2
    assert "HOMME" not in page
    assert "2 participations" in page
    assert "/sessions/ESSAI-A/" in page
    assert "En attente de validation" in page


def test_justification_of_not_given_is_a_cell(committee: Client) -> None:
    held_session("A", [Attendee(person=make_person("SANS"), sex=""), *crowd(2)])

    page = text(committee, justification("1.1.2-b") + "?sex=non-renseigne")

    assert "SANS" in page
    assert "1 participation\n" in page


def test_justification_of_a_share_shows_who_is_only_in_the_denominator(committee: Client) -> None:
    held_session("A", [*crowd(1, pre=40, post=90), *crowd(1, pre=40, post=50), *crowd(1, pre=40)])

    page = text(committee, justification("1.1-a"))

    assert "2 participations" in page
    assert page.count("Au dénominateur") == 1
    assert "40 puis 90 points sur 100" in page


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("1.1.2-c", "ESSAI-S"),
        ("1.1.1-b", "ESSAI-E · Dialogue communautaire"),
        ("1.1-b", "ESSAI-E · Dialogue communautaire"),
        ("3.2.1-a", "Manuel, 2025 · reçu R-1"),
        ("1.1.2-a", "Manuel, 2025 · reçu R-1"),
    ],
)
def test_figures_without_names_open_on_their_records(
    committee: Client, code: str, words: str
) -> None:
    held_session("S", crowd(1))
    held_event("E", {("F", "ADULT"): 12}, post=(10, 6))
    handed_over(5)

    page = text(committee, justification(code))

    assert words in page
    assert "1 dossier\n" in page


def test_justification_is_cut_into_pages_of_fifty(committee: Client) -> None:
    held_session("A", crowd(51))

    assert text(committee, justification("1.1.2-b")).count('<th scope="row">') == 50
    assert text(committee, justification("1.1.2-b") + "?page=2").count('<th scope="row">') == 1


def test_focal_point_justifies_with_its_own_people_only(client: Client) -> None:
    kayes = Territory.objects.get(code="kayes")
    held_session(
        "A",
        [
            Attendee(person=make_person("DICI"), territory=make_region()),
            Attendee(person=make_person("AILLEURS"), territory=kayes),
        ],
        validated_by=make_committee(),
    )
    held_session("B", [Attendee(person=make_person("ENATTENTE"), territory=make_region())])
    client.force_login(make_user(Role.FOCAL_POINT, territory=make_region()))

    pages = [text(client, justification("1.1.2-b") + query) for query in ("", "?region=kayes")]

    assert "DICI" in pages[0]
    for page in pages:
        assert "AILLEURS" not in page
        assert "ENATTENTE" not in page


@pytest.mark.parametrize("people", [1, 3])
def test_justification_takes_the_same_queries_for_any_length(
    committee: Client, people: int
) -> None:
    held_session("A", crowd(people, territory=make_region()))

    with CaptureQueriesContext(connection) as queries:
        committee.get(justification("1.1.2-b"))

    assert len(queries) == 20


# --- One participation -------------------------------------------------------------------------


def participation_url(family_name: str) -> str:
    participation = Participation.objects.get(person__family_name=family_name)
    return reverse("indicators:participation", args=[participation.pk])


def test_participation_shows_its_proof(committee: Client) -> None:
    held_session(
        "A",
        [Attendee(person=make_person("TRAORE"), territory=make_region(), pre=40, post=90)],
        validated_by=make_committee(),
    )

    page = text(committee, participation_url("TRAORE"))

    sentence = (
        "14 h de contact sur 14 h prévues, soit 100 % d&#x27;assiduité ; il faut 6 h et 80 %. "
        "Post-test : 90 % pour un seuil de 70 %. Échelon : certifié (règles de comptage, "
        "version 1)."
    )
    assert sentence in page
    assert page.count(">Présent<") == 4
    assert "9 sur 10, soit 90 %" in page
    assert page.count('class="sha">') == 2 + 3


def test_participation_without_marks_or_copies_says_so(committee: Client) -> None:
    held_session("A", [Attendee(person=make_person("ABSENT"), half_days=0)])

    page = text(committee, participation_url("ABSENT"))

    assert page.count("Pas de pointage") == 4
    assert "Aucune copie rendue." in page
    assert "Aucune pièce déposée." in page


@pytest.mark.parametrize(("name", "status"), [("DICI", 200), ("AILLEURS", 403), ("ENATTENTE", 403)])
def test_focal_point_opens_validated_participations_of_its_territory(
    client: Client, name: str, status: int
) -> None:
    kayes = Territory.objects.get(code="kayes")
    held_session(
        "A",
        [
            Attendee(person=make_person("DICI"), territory=make_region()),
            Attendee(person=make_person("AILLEURS"), territory=kayes),
        ],
        validated_by=make_committee(),
    )
    held_session("B", [Attendee(person=make_person("ENATTENTE"), territory=make_region())])
    client.force_login(make_user(Role.FOCAL_POINT, territory=make_region()))

    assert client.get(participation_url(name)).status_code == status


@pytest.mark.parametrize("role", [None, Role.PARTNER, Role.TRAINER, Role.ADMINISTRATOR])
def test_participation_is_closed_to_everyone_else(client: Client, role: str | None) -> None:
    held_session("A", [Attendee(person=make_person("DICI"))], validated_by=make_committee())
    client.force_login(make_user(*([role] if role else [])))

    response = client.get(participation_url("DICI"))

    assert response.status_code == 403
    assert "DICI" not in response.content.decode()


def test_participation_takes_a_fixed_number_of_queries(committee: Client) -> None:
    held_session(
        "A", [Attendee(person=make_person("DICI"), pre=40, post=90)], validated_by=make_committee()
    )
    url = participation_url("DICI")

    with CaptureQueriesContext(connection) as queries:
        committee.get(url)

    assert len(queries) == 9
