import json
import uuid
from pathlib import Path

import pytest
from django.core.management import call_command

from accounts.models import Organization, Person, Posting
from accounts.reference_data import load_reference_data
from tests.factories.accounts import make_person
from tests.factories.trainers import attend, make_session, workbook
from trainers.attendance.log import MarkEntry, record_marks
from trainers.attendance.sheet_import import AttendanceRefused, apply_attendance, check_attendance
from trainers.models import AttendanceMark, Evidence, Participation, TrainingSession
from trainers.sessions.lock import SessionClosed
from trainers.sessions.planning import cancel_session

pytestmark = pytest.mark.django_db
SEGOU = Path(__file__).parents[2] / "data" / "session-segou"
HEAD = ["N°", "Nom", "Prénom", "Sexe", "Téléphone", "Structure", "Profession", "Région"]
SLOTS = ["J1 matin", "J1 après-midi", "J2 matin", "J2 après-midi"]


@pytest.fixture(autouse=True)
def reference_data() -> None:
    load_reference_data()


def sheet(*rows: list[object], slots: list[str] = SLOTS) -> bytes:
    return workbook([[*HEAD, *slots], *rows])


def line(number: int, name: str, phone: object = "", marks: str = "xxxx") -> list[object]:
    family, _, given = name.partition(" ")
    cells = [mark if mark == "x" else "" for mark in marks]
    return [number, family, given, "F", phone, "Tribunal", "Avocat", "Ségou", *cells]


def counts() -> tuple[int, int, int, int, int]:
    return (
        Person.objects.count(),
        Participation.objects.count(),
        AttendanceMark.objects.count(),
        Evidence.objects.count(),
        Organization.objects.count(),
    )


def test_segou_workbook_gives_the_expected_figures() -> None:
    expected = json.loads((SEGOU / "expected.json").read_text(encoding="utf-8"))
    session = make_session("SEG-2025-01")
    content = (SEGOU / "attendance.xlsx").read_bytes()
    report = apply_attendance(session=session, content=content, name="attendance.xlsx")

    assert report.rows_in_file == expected["rows_in_file"] == 38
    assert report.duplicate_rows == expected["duplicate_rows"] == 1
    assert report.bad_rows == expected["bad_rows"] == 1
    assert report.persons == expected["persons"] == Participation.objects.count() == 36
    assert report.applied
    present = Participation.objects.exclude(status="ENROLLED")
    trained = Participation.objects.trained()
    assert present.count() == expected["present"] == 35
    assert trained.count() == expected["trained"] == 24
    by_category: dict[str, int] = {}
    by_sex: dict[str, int] = {}
    for one in trained.select_related("profession__category"):
        assert one.profession is not None
        code = one.profession.category.code
        by_category[code] = by_category.get(code, 0) + 1
        by_sex[one.sex] = by_sex.get(one.sex, 0) + 1
    assert by_category == expected["trained_by_category"]
    assert by_sex == expected["trained_by_sex"]


def test_check_writes_nothing_and_tells_everything() -> None:
    session = make_session("SEG-2025-01")
    content = (SEGOU / "attendance.xlsx").read_bytes()
    report = check_attendance(session=session, content=content, name="attendance.xlsx")

    assert counts() == (0, 0, 0, 0, 0)
    assert (report.new_persons, report.matched_persons) == (36, 0)
    assert (report.applied, report.already_applied) == (False, False)
    by_line = {row.line: row for row in report.rows}
    assert by_line[40].status == "DUPLICATE"
    assert by_line[40].duplicate_of == 27
    assert by_line[41].status == "BAD"
    assert len(by_line[41].errors) == 5


def test_same_file_twice_changes_nothing() -> None:
    session = make_session()
    content = (SEGOU / "attendance.xlsx").read_bytes()
    apply_attendance(session=session, content=content, name="attendance.xlsx")
    before = counts()
    report = apply_attendance(session=session, content=content, name="renamed.xlsx")

    assert counts() == before
    assert report.already_applied
    assert (report.new_persons, report.matched_persons, report.new_marks) == (0, 36, 0)


def test_same_file_twice_does_not_double_a_person_in_doubt() -> None:
    for _ in range(2):
        make_person("TRAORE", "", phone="")
    session = make_session()
    content = sheet(line(1, "TRAORE"))
    first = apply_attendance(session=session, content=content, name="a.xlsx")
    assert first.possible_rows[0].match.persons == ("TRAORE", "TRAORE")
    before = counts()
    apply_attendance(session=session, content=content, name="a.xlsx")
    apply_attendance(session=session, content=sheet(line(2, "TRAORE")), name="b.xlsx")

    assert counts() == (before[0], before[1], before[2], before[3] + 1, before[4])


def test_corrected_file_adds_only_what_is_new_and_tells_what_is_gone() -> None:
    session = make_session()
    first = sheet(line(1, "KONE Awa", 76000001, "xx"), line(2, "MAIGA Ali", 76000002, "x"))
    apply_attendance(session=session, content=first, name="a.xlsx")
    second = sheet(line(1, "KONE Awa", 76000001, " xx"), line(2, "DIARRA Oumou", 76000003, "x"))
    report = apply_attendance(session=session, content=second, name="b.xlsx")

    assert report.new_marks == 2  # Awa on J2 matin, Oumou on J1 matin
    assert report.differences == (
        "Ligne 2, Awa KONE, jour 1, matin : absent du fichier, déjà noté présent. "
        "La présence est gardée.",
        "1 personne d'un import précédent hors de ce fichier, gardée(s) : Ali MAIGA.",
    )
    assert AttendanceMark.objects.count() == 5
    assert Participation.objects.count() == 3


def test_file_with_half_of_the_columns_does_not_speak_of_the_others() -> None:
    session = make_session()
    apply_attendance(
        session=session, content=sheet(line(1, "KONE Awa", 76000001, "xx")), name="a.xlsx"
    )
    day_two = sheet(line(1, "KONE Awa", 76000001, "xx"), slots=SLOTS[2:])
    report = apply_attendance(session=session, content=day_two, name="b.xlsx")

    assert report.differences == ()
    assert AttendanceMark.objects.count() == 4


def test_phone_finds_the_known_person_and_blanks_are_filled() -> None:
    known = make_person("KONE", "Awa", phone="76 00 00 01")
    session = make_session()
    report = apply_attendance(
        session=session, content=sheet(line(1, "Awa KONE", "+22376000001")), name="a.xlsx"
    )

    known.refresh_from_db()
    assert (report.new_persons, report.matched_persons) == (0, 1)
    assert (known.sex, known.profession.code, known.family_name) == ("F", "avocat", "KONE")
    assert known.history.first().history_change_reason == (
        f"Import de présence, session {session.code}"
    )
    assert Posting.objects.get(person=known).organization.name == "Tribunal"


def test_shared_phone_makes_a_new_person_listed_as_possible() -> None:
    make_person("KONE", "Awa", phone="76000001", birth_year=1980)
    session = make_session()
    report = apply_attendance(
        session=session, content=sheet(line(1, "MAIGA Ali", 76000001)), name="a.xlsx"
    )

    (row,) = report.possible_rows
    assert row.match.persons == ("Awa KONE (1980)",)
    assert Person.objects.count() == 2


def test_two_rows_of_one_known_person_are_one_participation() -> None:
    known = make_person("KONE", "Awa", phone="76000001")
    session = make_session()
    rows = sheet(
        line(1, "KONE Awa", 76000001, "x"),
        [2, "KONE", "Awa", "F", "", "", "", "", "", "x", "", ""],
    )
    report = apply_attendance(session=session, content=rows, name="a.xlsx")

    assert (report.persons, report.duplicate_rows) == (1, 1)
    assert Participation.objects.get().person == known
    assert AttendanceMark.objects.count() == 2


def test_profile_is_frozen_from_the_sheet() -> None:
    session = make_session()
    apply_attendance(session=session, content=sheet(line(1, "KONE Awa", 76000001)), name="a.xlsx")
    frozen = Participation.objects.get()

    assert (frozen.sex, frozen.profession.code) == ("F", "avocat")
    assert (frozen.organization.name, frozen.territory.code) == ("Tribunal", "segou")


def test_mark_noted_absent_is_not_changed_by_a_file() -> None:
    session = make_session()
    person = make_person("KONE", "Awa", phone="76000001")
    participation = attend(session, person, positions=[])
    slot = session.slots.get(position=1)
    record_marks(
        session=session,
        entries=[MarkEntry(uuid.uuid4(), participation.pk, slot.pk, False)],
        source="TYPED",
        by=None,
    )
    report = apply_attendance(
        session=session, content=sheet(line(1, "KONE Awa", 76000001, "x")), name="a.xlsx"
    )

    assert report.differences == (
        "Ligne 2, Awa KONE, jour 1, matin : présent dans le fichier, déjà noté absent. "
        "Rien n'est changé.",
    )
    assert AttendanceMark.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            workbook([["Bonjour"]]),
            "Aucune ligne de titres avec une colonne « Nom » dans les 30 premières lignes.",
        ),
        (
            sheet(line(1, "KONE Awa"), slots=["J1 matin", "J3 matin"]),
            "La colonne « J3 matin » ne correspond à aucune demi-journée de la session, "
            "qui en compte 4.",
        ),
        (sheet(line(1, "KONE Awa", "12")), "Aucune ligne de ce fichier ne peut être importée."),
    ],
)
def test_sheet_that_cannot_be_applied_writes_nothing(content: bytes, sentence: str) -> None:
    session = make_session()
    with pytest.raises(AttendanceRefused) as refusal:
        apply_attendance(session=session, content=content, name="a.xlsx")

    assert refusal.value.sentences == (sentence,)
    assert counts() == (0, 0, 0, 0, 0)


def test_cancelled_session_takes_no_file() -> None:
    session = cancel_session(session=make_session(), reason="Report")
    with pytest.raises(SessionClosed):
        apply_attendance(
            session=session, content=sheet(line(1, "KONE Awa", 76000001)), name="a.xlsx"
        )
    assert counts() == (0, 0, 0, 0, 0)


@pytest.mark.parametrize("rows", [5, 50])
def test_import_asks_the_database_as_often_for_5_rows_as_for_50(
    rows: int, django_assert_num_queries
) -> None:
    session = make_session()
    content = sheet(*[line(n, f"NOM{n} Awa", 76000000 + n, "x") for n in range(1, rows + 1)])
    with django_assert_num_queries(50):
        apply_attendance(session=session, content=content, name="a.xlsx")
    again = sheet(*[line(n, f"NOM{n} Awa", 76000000 + n, "x") for n in range(1, rows + 2)])
    with django_assert_num_queries(50):
        apply_attendance(session=session, content=again, name="b.xlsx")


def test_session_runs_from_its_first_imported_mark() -> None:
    session = make_session()
    apply_attendance(session=session, content=sheet(line(1, "KONE Awa", 76000001)), name="a.xlsx")
    assert TrainingSession.objects.get().state == "RUNNING"


def test_command_prints_json(capsys: pytest.CaptureFixture[str]) -> None:
    make_session("SEG-2025-01")
    call_command(
        "import_attendance", SEGOU / "attendance.xlsx", "--session", "SEG-2025-01", "--json"
    )
    report = json.loads(capsys.readouterr().out)

    assert report["session"] == "SEG-2025-01"
    assert (report["rows_in_file"], report["persons"], report["applied"]) == (38, 36, False)
    assert Participation.objects.count() == 0
