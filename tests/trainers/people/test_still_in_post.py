"""Still in post and coverage: from postings and validities, scoped, small figures hidden."""

import datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest
import time_machine
from django.test import Client

from accounts.enums import OrganizationKind, Role
from accounts.models import CorpsSize, Organization, Person
from accounts.people import find_organization, leave_service, open_posting, transfer
from accounts.structures import set_kinds
from tests.factories.accounts import make_person, make_profession, make_region, make_user
from tests.factories.trainers import attend, make_session
from trainers.people.coverage import CERCLES, REGIONS, CoverageRow, coverage_of
from trainers.people.still_in_post import BY_TERRITORY, PostRow, still_in_post

pytestmark = pytest.mark.django_db

DAY = datetime.date(2025, 10, 1)
WHOLE = (1, 2, 3, 4)
NAMES = {"segou": "Ségou", "kayes": "Kayes"}


def trained(place: str, region: str = "segou", count: int = 1, **facts: Any) -> list[Person]:
    """People of a structure, trained there in May 2025."""
    session = make_session(territory=make_region(region, NAMES[region]))
    people = []
    for _number in range(count):
        person = make_person(**facts)
        territory = make_region(region, NAMES[region])
        open_posting(
            person=person,
            organization=find_organization(name=place, territory=territory),
            territory=territory,
            started_on=datetime.date(2024, 1, 1),
        )
        attend(session, person, positions=WHOLE)
        people.append(person)
    return people


def test_places_that_lost_people_come_first() -> None:
    stays, moves, leaves = trained("Tribunal", count=3)
    trained("Parquet")
    transfer(
        person=moves, organization=find_organization(name="Barreau", territory=make_region()),
        territory=make_region(), on=datetime.date(2025, 9, 1),
    )  # fmt: skip
    leave_service(person=leaves, on=datetime.date(2025, 9, 1))

    found = still_in_post(is_masked=False, day=DAY)

    assert found.rows == [
        PostRow("Tribunal", "Ségou", 1, 0, 1, 1),
        PostRow("Barreau", "Ségou", 1, 0, 0, 0),
        PostRow("Parquet", "Ségou", 1, 0, 0, 0),
    ]
    assert (found.serving, found.due, found.gone, found.unknown) == (3, 0, 2, 0)
    assert stays.postings.get().ended_on is None


def test_a_training_that_runs_out_is_due() -> None:
    people = trained("Tribunal")
    session = people[0].participations.get().session
    assert session is not None
    type(session.curriculum).objects.update(validity_months=6)

    assert still_in_post(is_masked=False, day=datetime.date(2025, 6, 1)).due == 0
    assert still_in_post(is_masked=False, day=DAY).due == 1  # 13 May + 6 months, in six weeks


def test_who_has_no_posting_is_unknown_and_in_no_place() -> None:
    attend(make_session(), make_person(), positions=WHOLE)

    found = still_in_post(is_masked=False, day=DAY)

    assert (found.rows, found.serving, found.unknown) == ([], 0, 1)


def test_a_focal_point_counts_the_own_territory_and_sees_no_small_figure() -> None:
    trained("Tribunal", count=6)
    trained("Tribunal de Kayes", "kayes", count=6)
    scope = {make_region().pk}

    found = still_in_post(scope=scope, day=DAY)
    assert found.rows == [PostRow("Tribunal", "Ségou", 6, 0, 0, 0)]
    trained("Parquet", count=2)
    hidden = still_in_post(scope=scope, day=DAY)
    assert [(row.name, row.serving) for row in hidden.rows] == [
        ("Parquet", None), ("Tribunal", None),
    ]  # fmt: skip
    assert hidden.serving == 8


def test_filters_by_curriculum_and_category() -> None:
    trained("Tribunal", profession=make_profession())
    trained("Parquet", profession=make_profession("greffier", "Greffier", "auxiliaire"))
    curriculum = make_session().curriculum

    by_category = still_in_post(is_masked=False, category="avocat", day=DAY)
    assert [row.name for row in by_category.rows] == ["Tribunal"]
    assert len(still_in_post(is_masked=False, curriculum=curriculum.pk, day=DAY).rows) == 2
    assert still_in_post(is_masked=False, curriculum=curriculum.pk + 1, day=DAY).rows == []


@pytest.mark.parametrize("persons", [1, 3])
def test_the_count_asks_as_often_for_1_person_as_for_3(
    persons: int, django_assert_num_queries: Any
) -> None:
    trained("Tribunal", count=persons)

    with django_assert_num_queries(11):
        still_in_post(is_masked=False, day=DAY)
    with django_assert_num_queries(10):
        still_in_post(by=BY_TERRITORY, is_masked=False, day=DAY)


# --- Coverage -----------------------------------------------------------------------------------


def test_empty_jurisdictions_are_named_first() -> None:
    trained("Tribunal de Ségou", count=2)
    trained("Commissariat")
    for name in ("Tribunal de Niono", "Parquet de Niono"):
        find_organization(name=name, territory=make_region())
    courts = Organization.objects.exclude(name="Commissariat")
    set_kinds(kinds=dict.fromkeys(courts.values_list("pk", flat=True), "JURISDICTION"))

    found = coverage_of(is_masked=False, day=DAY)

    assert found.rows == [
        CoverageRow("Parquet de Niono", "Ségou", 0),
        CoverageRow("Tribunal de Niono", "Ségou", 0),
        CoverageRow("Tribunal de Ségou", "Ségou", 2),
    ]
    assert found.empty == 2


def test_regions_and_cercles_without_anybody_are_named_first() -> None:
    trained("Tribunal", count=5)
    make_region("kayes", "Kayes")

    regions = coverage_of(kind=REGIONS, is_masked=False, day=DAY)
    assert regions.rows == [CoverageRow("Kayes", "", 0), CoverageRow("Ségou", "", 5)]
    assert coverage_of(kind=CERCLES, is_masked=False, day=DAY).rows == []


def test_a_corps_is_told_with_its_size_and_source_or_as_unknown() -> None:
    judge = make_profession("juge", "Juge", "magistrat")
    make_profession()
    CorpsSize.objects.create(category=judge.category, year=2021, headcount=528, source="ASF")
    trained("Tribunal", count=2, profession=judge)

    corps = {row.name: row for row in coverage_of(is_masked=False, day=DAY).corps}

    assert (corps["Magistrat"].trained, corps["Magistrat"].headcount) == (2, 528)
    assert corps["Magistrat"].percent == pytest.approx(0.3788, abs=1e-4)
    assert (corps["Avocat"].headcount, corps["Avocat"].percent) == (None, None)
    assert coverage_of(day=DAY).corps == []


# --- Screens ------------------------------------------------------------------------------------


def client_of(*roles: str) -> Client:
    client = Client()
    client.force_login(make_user(*roles))
    return client


@time_machine.travel("2025-10-01", tick=False)
def test_the_screens_show_figures_to_the_committee_and_hide_small_ones_from_others() -> None:
    trained("Tribunal", count=3)
    committee, focal_point = client_of(Role.COMMITTEE), client_of(Role.FOCAL_POINT)
    Organization.objects.update(kind=OrganizationKind.JURISDICTION)

    shown = committee.get("/personnes/encore-en-poste/").context["page"].object_list
    hidden = focal_point.get("/personnes/encore-en-poste/").context["page"].object_list
    assert [row.serving for row in shown] == [3]
    assert [row.serving for row in hidden] == [None]
    covered = focal_point.get("/personnes/couverture/")
    assert [row.trained for row in covered.context["page"]] == [None]
    assert "taille inconnue" not in covered.content.decode()
    assert "Part de chaque corps" not in covered.content.decode()
    for role in (Role.TRAINER, Role.PARTNER):
        assert client_of(role).get("/personnes/encore-en-poste/").status_code == 403


@time_machine.travel("2025-10-01", tick=False)
def test_the_committee_downloads_the_table_and_nobody_else() -> None:
    trained("=Tri\x02bunal")
    committee = client_of(Role.COMMITTEE)

    text = committee.get("/personnes/encore-en-poste.csv").content.decode("utf-8-sig")
    assert text.splitlines()[1] == "'=Tri bunal;Ségou;1;0;0;0"
    book = openpyxl.load_workbook(BytesIO(committee.get("/personnes/encore-en-poste.xlsx").content))
    assert [cell.value for cell in book.active[2]] == ["'=Tri bunal", "Ségou", 1, 0, 0, 0]
    for suffix in ("csv", "xlsx"):
        answer = client_of(Role.FOCAL_POINT).get(f"/personnes/encore-en-poste.{suffix}")
        assert answer.status_code == 403
        assert b"bunal" not in answer.content


def test_the_kind_of_a_structure_is_proposed_then_confirmed() -> None:
    court = find_organization(name="Tribunal de Ségou", territory=make_region())
    other = find_organization(name="Kalanso")
    client = client_of(Role.COMMITTEE)

    form = client.get("/personnes/structures/").context["form"]
    assert form[f"kind_{court.pk}"].initial == OrganizationKind.JURISDICTION
    assert form[f"kind_{other.pk}"].initial == ""
    client.post(
        "/personnes/structures/", {f"kind_{court.pk}": "JURISDICTION", f"kind_{other.pk}": ""}
    )

    court.refresh_from_db()
    assert court.kind == OrganizationKind.JURISDICTION
    assert client_of(Role.FOCAL_POINT).get("/personnes/structures/").status_code == 403
    unknown = client.get("/personnes/structures/?nature=SANS")
    assert [one.name for one in unknown.context["page"]] == ["Kalanso"]
