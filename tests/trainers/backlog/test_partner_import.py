import datetime

import pytest

from accounts.models import Person, Territory
from accounts.reference_data import load_reference_data
from tests.factories.trainers import workbook
from trainers.backlog.partner_import import (
    PartnerImport,
    PartnerReportRefused,
    apply_partner_reports,
    check_partner_reports,
    record_partner_report,
)
from trainers.backlog.partner_list import YearTotal, totals_by_year
from trainers.models import Evidence, Participation, PartnerHeadcount, PartnerReport

pytestmark = pytest.mark.django_db
HEAD = ["Partenaire", "Intitulé", "Type", "Lieu", "Du", "Au", "Catégorie", "Sexe", "Effectif"]


@pytest.fixture(autouse=True)
def reference_data() -> None:
    load_reference_data()


def line(
    *,
    partner: str = "ONG fictive",
    title: str = "Atelier",
    place: str = "Segou",
    start: object = "04/03/2024",
    category: str = "Magistrats",
    sex: str = "F",
    people: object = 5,
) -> list[object]:
    return [partner, title, "Formation", place, start, "05/03/2024", category, sex, people]


def check(*rows: list[object]) -> PartnerImport:
    return check_partner_reports(content=workbook([HEAD, *rows]), name="rapports.xlsx")


def record(title: str = "Atelier", place: str = "segou", people: int = 5) -> PartnerReport:
    return record_partner_report(
        partner="ONG fictive",
        title=title,
        type="TRAINING",
        territory=Territory.objects.get(code=place),
        held_from=datetime.date(2024, 3, 4),
        held_to=datetime.date(2024, 3, 5),
        headcounts={("F", "magistrat"): people},
    )


def test_lines_of_one_report_are_joined_and_nothing_is_written() -> None:
    result = check(
        line(sex="F", people=12), line(sex="M", people=8.0), line(category="", sex="", people=3),
        ["TOTAL", "", "", "", "", "", "", "", 23],
    )  # fmt: skip
    (one,) = result.reports
    assert (one.status, one.people, one.place) == ("NEW", 23, "Ségou")
    assert PartnerReport.objects.count() == 0


def test_reports_never_become_persons_and_twice_changes_nothing() -> None:
    content = workbook([HEAD, line(sex="F", people=12), line(sex="M", people=8)])
    for _turn in range(2):
        result = apply_partner_reports(content=content, name="rapports.xlsx")

    assert [one.status for one in result.reports] == ["KNOWN"]
    assert (PartnerReport.objects.count(), PartnerHeadcount.objects.count()) == (1, 2)
    assert Evidence.objects.get().kind == "PARTNER_REPORT"
    assert (Person.objects.count(), Participation.objects.count()) == (0, 0)


def test_other_numbers_for_a_report_already_kept_are_told_and_change_nothing() -> None:
    apply_partner_reports(content=workbook([HEAD, line(people=12)]), name="a.xlsx")
    (one,) = check(line(people=13)).reports
    assert one.notes == ("Ce rapport est déjà gardé avec d'autres effectifs : rien n'est changé.",)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"people": "beaucoup"}, "Ligne 2 · Effectif : « beaucoup » n'est pas un nombre entier."),
        ({"people": ""}, "Ligne 2 · Effectif : cette case est vide."),
        ({"partner": ""}, "Ligne 2 · Partenaire : cette case est vide."),
        ({"place": "Atlantide"}, "Ligne 2 · Lieu : « Atlantide » n'est pas une région ni un"),
        (
            {"start": "31/02/2024"},
            "Ligne 2 · Du : « 31/02/2024 » n'est pas une date du calendrier.",
        ),
        ({"start": "06/03/2024"}, "Ligne 2 · Le dernier jour vient avant le premier."),
        ({"category": "Sorciers"}, "Ligne 2 · Catégorie : « Sorciers » n'est pas une catégorie."),
        ({"sex": "Z"}, "Ligne 2 · Sexe : « Z » n'est pas lisible (écrivez M ou F)."),
    ],
)
def test_wrong_cell_refuses_the_report_in_a_sentence(
    facts: dict[str, object], sentence: str
) -> None:
    (one,) = check(line(**facts)).reports
    assert one.is_refused
    assert one.errors[0].startswith(sentence)


def test_same_sex_and_category_twice_is_refused() -> None:
    (one,) = check(line(), line()).reports
    assert one.errors == ("Ligne 3 · Même sexe et même catégorie que la ligne 2.",)


def test_table_without_its_columns_is_refused() -> None:
    result = check_partner_reports(content=workbook([["Nom", "Prénom"]]), name="a.xlsx")
    assert result.errors == ("Aucune ligne de titres avec « Partenaire » et « Effectif ».",)
    with pytest.raises(PartnerReportRefused):
        apply_partner_reports(content=workbook([["Partenaire", "Effectif"]]), name="a.xlsx")


def test_totals_are_by_year_and_region_whatever_the_cercle() -> None:
    cercle = Territory.objects.filter(parent__code="segou").first()
    assert cercle is not None
    record("A", "segou", 5)
    record("B", cercle.code, 7)
    record("C", "kayes", 2)

    totals = totals_by_year(PartnerReport.objects.all())
    assert totals == [YearTotal(2024, 14, (("Kayes", 2), ("Ségou", 12)))]
