"""The plan from a workbook: checked, applied, and the same file twice."""

import datetime

import pytest

from courses.models import Topic
from tests.factories.accounts import make_cercle, make_profession, make_region
from tests.factories.trainers import make_plan_item, workbook
from trainers.models import PlanItem
from trainers.national_plan.board import rows_of
from trainers.national_plan.item_import import apply_items, check_items
from trainers.national_plan.item_workbook import plan_workbook
from trainers.national_plan.items import ItemRefused, close_item
from trainers.workbooks import UnreadableWorkbook

pytestmark = pytest.mark.django_db
DAY = datetime.date(2025, 7, 1)
TITLES = (
    "Activité", "Année", "Thème", "Public visé", "Territoire", "Sessions prévues",
    "Personnes prévues", "Budget (FCFA)", "À tenir avant le",
)  # fmt: skip


@pytest.fixture(autouse=True)
def reference() -> None:
    """One activity, one theme, one public, Ségou and its cercle of Niono."""
    make_plan_item().delete()
    Topic.objects.create(code="identification", name="Identification des victimes")
    make_profession()
    make_cercle()


def book(*rows: tuple[object, ...], titles: tuple[str, ...] = TITLES) -> bytes:
    return workbook([("Plan de formation 2025",), (), titles, *rows])


FULL = (
    "A3.2.1-03 · Organiser 13 ateliers", 2025, "Identification des victimes", "Avocat",
    "Région de Ségou", 2, "50", "4 000 000 FCFA", "30/06/2025",
)  # fmt: skip
SHORT = ("a3.2.1-03", "2025", "", "", "Niono", 1.0, None, None, datetime.date(2025, 9, 30))


def test_check_writes_nothing_and_apply_writes_all() -> None:
    content = book(FULL, SHORT, ("Total", "", "", "", "", 3))

    checked = check_items(content=content, name="plan.xlsx")
    assert (checked.new, checked.changed, checked.same, checked.bad) == (2, 0, 0, 0)
    assert [row.number for row in checked.rows] == [4, 5]
    assert not PlanItem.objects.exists()

    apply_items(content=content, name="plan.xlsx")
    written = PlanItem.objects.order_by("due_on").values_list(
        "year", "topic__code", "category__code", "territory__code", "planned_sessions",
        "planned_people", "budget", "due_on",
    )  # fmt: skip
    assert list(written) == [
        (2025, "identification", "avocat", "segou", 2, 50, 4_000_000, datetime.date(2025, 6, 30)),
        (2025, None, None, "segou/niono", 1, None, None, datetime.date(2025, 9, 30)),
    ]


def test_the_same_file_twice_changes_nothing() -> None:
    content = book(FULL, SHORT)
    apply_items(content=content, name="plan.xlsx")

    again = apply_items(content=content, name="plan.xlsx")

    assert (again.new, again.changed, again.same) == (0, 0, 2)
    assert not again.is_applicable
    assert PlanItem.history.count() - 2 == 2  # what the fixture wrote and removed


def test_a_changed_budget_is_told_then_written() -> None:
    apply_items(content=book(FULL), name="plan.xlsx")
    content = book((*FULL[:7], 5_000_000, FULL[8]))

    report = apply_items(content=content, name="plan-2.xlsx")

    assert [row.sentences for row in report.rows] == [("budget (FCFA) : 4000000 → 5000000",)]
    item = PlanItem.objects.get()
    assert item.budget == 5_000_000
    assert item.history.latest("history_id").history_change_reason == "Import de « plan-2.xlsx »"


def test_each_bad_cell_is_told_and_nothing_is_written() -> None:
    content = book(
        FULL,
        ("A9.9.9-99", "bientôt", "Cuisine", "Astronautes", "Atlantide", "", "-3", "x", "demain"),
        ("A3.2.1-03", 2031, "", "", "Ségou", 1, "", "", "30/06/2031"),
        FULL,
    )

    report = check_items(content=content, name="plan.xlsx")

    assert [(row.number, row.sentences) for row in report.rows if row.sentences] == [
        (
            5,
            (
                "Activité : « A9.9.9-99 » n'est pas une activité du plan.",
                "Année : « bientôt » n'est pas un nombre entier.",
                "Thème : « Cuisine » n'est pas un thème connu.",
                "Public visé : « Astronautes » n'est pas un public connu.",
                "Territoire : « Atlantide » n'est pas une région ni un cercle connu.",
                "Sessions prévues : la case est vide.",
                "Personnes prévues : « -3 » n'est pas un nombre entier.",
                "Budget (FCFA) : « x » n'est pas un nombre entier de FCFA.",
                "À tenir avant le : « demain » n'est pas une date (écrivez 30/06/2026).",
            ),
        ),
        (6, ("Le plan va de 2023 à 2027 : vérifiez l'année.",)),
        (7, ("Même ligne que la ligne 4 du fichier.",)),
    ]
    with pytest.raises(ItemRefused, match="rien n'a été écrit"):
        apply_items(content=content, name="plan.xlsx")
    assert not PlanItem.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "plan.xlsx", "vide"),
        (b"Nom;Pr\xe9nom\nA;B", "plan.csv", "Aucune ligne de titres lisible"),
        ((";".join(TITLES) + "\n").encode("cp1252"), "plan.csv", "aucune ligne sous ses titres"),
        (b"not a workbook", "plan.xlsx", "n'est pas un classeur lisible"),
    ],
)
def test_unreadable_files_are_refused_in_words(content: bytes, name: str, sentence: str) -> None:
    with pytest.raises(UnreadableWorkbook, match=sentence):
        check_items(content=content, name=name)


def test_windows_csv_with_semicolons_is_read() -> None:
    line = "A3.2.1-03;2025;Identification des victimes;avocat;Ségou;2;50;4 000 000;30-06-2025"
    content = f"{';'.join(TITLES)}\r\n{line}\r\n".encode("cp1252")

    apply_items(content=content, name="plan.csv")

    assert PlanItem.objects.get().budget == 4_000_000


def test_export_comes_back_unchanged_and_its_identifier_moves_a_due_day() -> None:
    make_plan_item(territory=make_cercle(), note="=1+1")
    make_plan_item(territory=make_region(), budget=None)
    content = plan_workbook(rows_of(PlanItem.objects.all(), DAY))

    report = check_items(content=content, name="export.xlsx")
    assert [(row.decision, row.sentences) for row in report.rows] == [("SAME", ()), ("SAME", ())]

    item = PlanItem.objects.get(budget=None)
    titles = ("Identifiant", *TITLES)
    row = (item.pk, "A3.2.1-03", 2025, "", "", "Ségou", 3, 75, "", "31/12/2025")
    apply_items(content=book(row, titles=titles), name="plan.xlsx")
    item.refresh_from_db()
    assert item.due_on == datetime.date(2025, 12, 31)


def test_closed_and_unknown_lines_are_refused() -> None:
    item = make_plan_item()
    close_item(item=item, reason="Bailleur retiré")
    titles = ("Identifiant", *TITLES)
    closed = (item.pk, "A3.2.1-03", 2025, "", "", "Ségou", 3, 75, 1, "30/06/2025")
    unknown = (999_999, "A3.2.1-03", 2025, "", "", "Ségou", 3, 75, 1, "31/12/2025")

    report = check_items(content=book(closed, unknown, titles=titles), name="plan.xlsx")

    assert [row.sentences for row in report.rows] == [
        ("Cette ligne est close : rouvrez-la avant de la modifier.",),
        ("Aucune ligne du plan ne porte cet identifiant : videz la case.",),
    ]
