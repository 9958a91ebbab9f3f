from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.reference_data import load_reference_data
from tests.factories.accounts import make_person
from tests.factories.trainers import make_curriculum, make_session, make_trainer, workbook
from trainers.models import Participation, SessionTrainer, TrainingSession
from trainers.participation.rule_sets import create_first_rule_set

pytestmark = pytest.mark.django_db
OPTIONS = {
    "--curriculum": "traite-des-personnes",
    "--start": "2025-05-12",
    "--slots": "4",
    "--slot-hours": "3.5",
    "--territory": "segou",
}


@pytest.fixture(autouse=True)
def reference_data() -> None:
    load_reference_data()
    create_first_rule_set()
    make_curriculum()


def run(code: str = "SEG-2025-01", **changes: str) -> None:
    options = OPTIONS | {f"--{name.replace('_', '-')}": text for name, text in changes.items()}
    call_command("create_session", code, *[word for pair in options.items() for word in pair])


def test_create_session_opens_the_session(capsys: pytest.CaptureFixture[str]) -> None:
    run()
    session = TrainingSession.objects.get()

    assert (session.code, session.type, session.territory.code) == (
        "SEG-2025-01",
        "TRAINING",
        "segou",
    )
    assert list(session.slots.values_list("minutes", flat=True)) == [210] * 4
    assert capsys.readouterr().out == (
        "Session SEG-2025-01 ouverte : « Curriculum traite-des-personnes », Ségou, du 12/05/2025 "
        "au 13/05/2025, 4 demi-journée(s).\n"
    )


def test_create_session_reads_what_people_type() -> None:
    run(territory="Bla", slot_hours="3,5", type="awareness", title="Causerie", venue="Mairie")
    session = TrainingSession.objects.get()
    assert (session.territory.code, session.type) == ("segou/bla", "AWARENESS")
    assert (session.title, session.venue) == ("Causerie", "Mairie")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Bamako", "district-de-bamako"),
        ("Région de Ségou", "segou"),
        ("SEGOU", "segou"),
        ("segou/bla", "segou/bla"),
    ],
)
def test_create_session_reads_a_territory_as_sheets_write_it(written: str, code: str) -> None:
    run(territory=written)
    assert TrainingSession.objects.get().territory.code == code


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"curriculum": "autre"},
            "Aucun curriculum publié ne s'appelle « autre ». Connus : traite-des-personnes.",
        ),
        ({"territory": "atlantide"}, "« atlantide » n'est ni une région ni un cercle connu."),
        ({"start": "12/05/2025"}, "« 12/05/2025 » n'est pas une date AAAA-MM-JJ."),
        ({"slot_hours": "trois"}, "« trois » n'est pas un nombre d'heures."),
        ({"slot_hours": "nan"}, "« nan » ne fait pas un nombre entier de minutes."),
        ({"start": "9999-12-31"}, "« 9999-12-31 » est une date trop lointaine."),
        ({"territory": ""}, "Donnez un territoire"),
        ({"seats": "-5"}, "« -5 » n'est pas un nombre de places (1 à 10000)."),
        ({"title": "t" * 201}, "est trop long : 200 caractères au plus."),
        ({"venue": "v" * 161}, "est trop long : 160 caractères au plus."),
        ({"slots": "0"}, "Une session compte de 1 à 60 demi-journées."),
        ({"start": "2020-01-01"}, "Aucune règle de comptage n'est en vigueur le 01/01/2020"),
        (
            {"lead_trainer": "76 99 99 99"},
            "Aucun formateur du répertoire n'a « 76 99 99 99 » pour identifiant.",
        ),
    ],
)
def test_create_session_refuses_in_one_line(changes: dict[str, str], sentence: str) -> None:
    with pytest.raises(CommandError) as refusal:
        run(**changes)
    assert sentence in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert TrainingSession.objects.count() == 0


def test_create_session_with_an_unqualified_lead_writes_nothing() -> None:
    make_trainer(make_person(phone="76000001"))
    with pytest.raises(CommandError):
        run(lead_trainer="76 00 00 01")
    assert TrainingSession.objects.count() == 0


def test_create_session_names_its_lead_trainer() -> None:
    trainer = make_trainer(make_person(matricule="M-7"), qualified=True)
    run(lead_trainer="m-7")
    assert SessionTrainer.objects.get().trainer == trainer


def test_create_session_refuses_a_known_code() -> None:
    run()
    with pytest.raises(CommandError) as refusal:
        run()
    assert str(refusal.value) == "La session SEG-2025-01 existe déjà."


def list_file(folder: Path, *rows: list[object]) -> Path:
    path = folder / "presence.xlsx"
    path.write_bytes(workbook([["Nom", "Prénom", "Tél", "J1 matin"], *rows]))
    return path


def test_import_attendance_tells_errors_doubts_and_totals(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_session("SEG-1")
    make_person("KONE", "Awa", phone="76000001")
    path = list_file(
        tmp_path,
        ["KONE", "Awa", 76000001, "x"],
        ["MAIGA", "Ali", 76000001, "x"],
        ["DIARRA", "Sira", "12", "x"],
        ["Awa", "KONE", 76000001, ""],
    )
    call_command("import_attendance", path, "--session", "SEG-1")

    lines = capsys.readouterr().out.splitlines()
    assert "Ligne 2 (Awa KONE) : personne connue, Awa KONE. Même numéro" in lines[0]
    assert any(line.startswith("Ligne 3 (Ali MAIGA) : peut-être connue") for line in lines)
    assert any(line.startswith("Ligne 4 refusée (Sira DIARRA) : Colonne « Tél »") for line in lines)
    assert "Ligne 5 (Awa KONE) : en double de la ligne 2." in lines
    assert (
        "4 ligne(s) : 2 personne(s), 1 en double, 1 refusée(s). 1 nouvelle(s), 1 connue(s). "
        "2 présence(s), dont 2 nouvelle(s)."
    ) in lines
    assert lines[-1] == (
        "Vérification seulement : rien n'est écrit. Relancez avec --apply pour enregistrer."
    )
    assert Participation.objects.count() == 0


def test_import_attendance_applies_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_session("SEG-1")
    path = list_file(tmp_path, ["KONE", "Awa", 76000001, "x"])
    call_command("import_attendance", path, "--session", "SEG-1", "--apply")
    assert capsys.readouterr().out.endswith("Import appliqué à la session SEG-1.\n")
    call_command("import_attendance", path, "--session", "SEG-1", "--apply")
    assert capsys.readouterr().out.endswith(
        "Ce fichier est déjà appliqué à la session SEG-1 : rien n'a changé.\n"
    )
    assert Participation.objects.count() == 1


@pytest.mark.parametrize("arguments", [[], ["--apply"], ["--json"]])
def test_import_attendance_refuses_in_one_line(tmp_path: Path, arguments: list[str]) -> None:
    make_session("SEG-1")
    path = tmp_path / "presence.xlsx"
    path.write_bytes(workbook([["Nom", "J9 matin"], ["KONE", "x"]]))
    with pytest.raises(CommandError) as refusal:
        call_command("import_attendance", path, "--session", "SEG-1", *arguments)
    assert str(refusal.value) == (
        "La colonne « J9 matin » ne correspond à aucune demi-journée de la session, "
        "qui en compte 4."
    )


@pytest.mark.parametrize(
    ("name", "session", "sentence"),
    [
        ("absent.xlsx", "SEG-1", "No such file or directory"),
        ("presence.xlsx", "SEG-9", "Aucune session ne porte le code « SEG-9 »."),
        ("faux.xlsx", "SEG-1", "Ce fichier n'est pas un classeur lisible"),
    ],
)
def test_import_attendance_says_what_is_missing(
    tmp_path: Path, name: str, session: str, sentence: str
) -> None:
    make_session("SEG-1")
    list_file(tmp_path, ["KONE", "Awa", 76000001, "x"])
    (tmp_path / "faux.xlsx").write_bytes(b"bonjour")
    with pytest.raises(CommandError) as refusal:
        call_command("import_attendance", tmp_path / name, "--session", session)
    assert sentence in str(refusal.value)
