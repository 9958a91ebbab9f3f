import datetime
import json
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pytest
from django.core.management import call_command

from accounts.enums import Role
from accounts.models import Person, Territory
from accounts.reference_data import load_reference_data
from tests.factories.accounts import make_person, make_region, make_user
from tests.factories.trainers import make_curriculum, make_session, make_trainer
from trainers.backlog.facts import FactReader
from trainers.backlog.model_workbook import old_session_model
from trainers.backlog.opening import open_old_sessions
from trainers.backlog.report import BacklogReport
from trainers.backlog.session_import import BacklogRefused, apply_backlog, check_backlog
from trainers.models import (
    AttendanceMark,
    Evidence,
    Participation,
    Qualification,
    Trainer,
    TrainingSession,
)
from trainers.participation.rule_sets import create_first_rule_set

pytestmark = pytest.mark.django_db

FACTS = {
    "Intitulé": "Atelier de Ségou",
    "Curriculum": "Curriculum traite-des-personnes",
    "Premier jour": "12/05/2023",
    "Nombre de demi-journées": 4,
    "Heures par demi-journée": "3,5",
    "Région ou cercle du lieu": "SEGOU",
    "Lieu": "Gouvernorat",
}
HEAD = ["Nom", "Prénom", "Sexe", "Téléphone", "Profession", "J1 matin", "J1 après-midi"]
PEOPLE = [
    ["KONE", "Awa", "F", 66000001, "Juge", "x", "x"],
    ["TRAORE", "Ali", "M", 66000002, "Avocat", "x", ""],
]


@pytest.fixture(autouse=True)
def plan() -> None:
    load_reference_data()
    create_first_rule_set()
    make_curriculum()


def one_session(people: list[list[object]] = PEOPLE, **facts: object) -> bytes:
    book = openpyxl.Workbook()
    about = book.active
    about.title = "Session"
    for label, value in {**FACTS, **{key.replace("_", " "): facts[key] for key in facts}}.items():
        about.append([label, value])
    sheet = book.create_sheet("Participants")
    for row in [HEAD, *people]:
        sheet.append(row)
    return saved(book)


def several(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    book.active.append(
        ["Code session", "Date", "Région du lieu", "Formation", "Demi-journées",
         "Heures par demi-journée", *HEAD]
    )  # fmt: skip
    for row in rows:
        book.active.append(row)
    return saved(book)


def about(code: str, day: str = "2023-05-12", place: str = "Ségou") -> list[object]:
    return [code, day, place, "Curriculum traite-des-personnes", 2, 3.5]


def saved(book: openpyxl.Workbook) -> bytes:
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def check(content: bytes, **options: object) -> BacklogReport:
    return check_backlog(content=content, name="ancien.xlsx", **options)


def apply(content: bytes, **options: object) -> BacklogReport:
    return apply_backlog(content=content, name="ancien.xlsx", **options)


def counts() -> list[int]:
    models = (TrainingSession, Person, Participation, AttendanceMark, Evidence)
    return [model.objects.count() for model in models]


def test_check_writes_nothing_and_tells_the_session() -> None:
    report = check(one_session())

    assert counts() == [0, 0, 0, 0, 0]
    (one,) = report.sessions
    assert (one.status, one.code, one.title) == ("OPENED", "SEG-20230512", "Atelier de Ségou")
    assert (one.persons, one.new_persons, one.marks) == (2, 2, 3)


def test_apply_opens_the_session_with_its_list_for_a_third_person_to_validate() -> None:
    user = make_user(Role.FOCAL_POINT)
    apply(one_session(Motif_d_absence_de_tests="Pas de test en 2023."), by=user)

    session = TrainingSession.objects.get()
    assert (session.state, session.encoded_by, session.code) == (
        "TO_VALIDATE", user, "SEG-20230512",
    )  # fmt: skip
    assert (session.starts_on, session.ends_on) == (
        datetime.date(2023, 5, 12), datetime.date(2023, 5, 13),
    )  # fmt: skip
    assert session.no_test_reason == "Pas de test en 2023."
    assert session.slots.count() == 4
    assert Participation.objects.get(person__family_name="KONE").contact_minutes == 420
    told = Person.history.filter(family_name="KONE").values_list("history_type", "history_user")
    assert list(told) == [("+", user.pk)]
    kept = Evidence.objects.get()
    assert (kept.kind, kept.session, kept.uploaded_by) == ("BACKLOG_FILE", session, user)


def test_the_same_file_twice_changes_nothing() -> None:
    content = one_session()
    apply(content)
    before = counts()
    report = apply(content)

    assert counts() == before == [1, 2, 2, 3, 1]
    assert [one.status for one in report.sessions] == ["KEPT"]


def test_the_same_file_under_another_name_changes_nothing() -> None:
    content = one_session()
    apply(content)
    before = counts()
    report = apply_backlog(content=content, name="autre.xlsx")

    assert counts() == before == [1, 2, 2, 3, 1]
    assert [one.status for one in report.sessions] == ["KEPT"]


def test_several_sessions_share_their_persons() -> None:
    content = several(
        [*about("SEG-A"), *PEOPLE[0]],
        [*about("KAY-B", "12 juin 2023", "Kayes"), *PEOPLE[0]],
        [*about("SEG-A"), *PEOPLE[1]],
        [*about("KAY-B", "12 juin 2023", "Kayes"), "DIARRA", "Oumou", "F", 66000003, "", "x", ""],
    )
    assert check(content).persons == 4
    apply(content)
    apply(content)

    assert counts() == [2, 3, 4, 6, 2]
    awa = Person.objects.get(family_name="KONE")
    assert sorted(awa.participations.values_list("session__code", flat=True)) == ["KAY-B", "SEG-A"]
    assert [session.participations.count() for session in TrainingSession.objects.all()] == [2, 2]


def test_sessions_without_a_code_are_grouped_by_day_and_place() -> None:
    first, second = about(""), about("", "2023-06-01")
    content = several([*first, *PEOPLE[0]], [*second, *PEOPLE[1]], [*first, *PEOPLE[1]])

    assert [(one.code, one.persons) for one in check(content).sessions] == [
        ("SEG-20230512", 2),
        ("SEG-20230601", 1),
    ]


def test_lines_of_a_session_that_disagree_are_refused_with_their_line() -> None:
    content = several([*about("S-1"), *PEOPLE[0]], [*about("S-1", place="Kayes"), *PEOPLE[1]])
    (one,) = check(content).sessions
    assert one.errors == (
        "Ligne 3 : « Kayes », alors qu'une ligne plus haut de la même session dit « Ségou ».",
    )
    with pytest.raises(BacklogRefused):
        apply(content)
    assert counts() == [0, 0, 0, 0, 0]


def test_bad_rows_and_bad_sessions_are_left_out_and_told() -> None:
    bad = [*about("S-2", day="31/02/2023"), *PEOPLE[1]]
    row = [*about("S-1"), "MAIGA", "Ali", "Z", 12, "Astronaute", "x", ""]
    report = apply(several([*about("S-1"), *PEOPLE[0]], row, bad))

    assert [(one.status, one.persons, one.bad_rows) for one in report.sessions] == [
        ("OPENED", 1, 1),
        ("REFUSED", 0, 0),
    ]
    assert len(report.sessions[0].rows[1].errors) == 3
    assert report.sessions[1].errors[0] == (
        "Premier jour : « 31/02/2023 » n'est pas une date du calendrier."
    )
    assert TrainingSession.objects.get().code == "S-1"


def test_trainers_lead_only_when_qualified_on_those_days() -> None:
    make_trainer(make_person("DIALLO", "Fanta", matricule="T-1"), qualified=True)  # from 2024
    make_trainer(make_person("SOW", "Binta"))
    content = one_session(
        Premier_jour="12/05/2025", Formateurs="FANTA (T-1) ; Binta Sow ; Inconnu Total"
    )
    report = apply(content)

    session = TrainingSession.objects.get()
    roles = session.session_trainers.values_list("trainer__person__family_name", "role")
    assert dict(roles) == {"DIALLO": "LEAD_TRAINER", "SOW": "OBSERVER"}
    assert [warning.split(" :")[0] for warning in report.sessions[0].warnings[:2]] == [
        "Binta SOW n'a pas d'habilitation à ces dates",
        "« Inconnu Total » n'est pas au répertoire des formateurs",
    ]


def test_trainers_who_never_lead_or_are_suspended_open_no_session_as_leaders() -> None:
    curriculum = make_curriculum()
    helper = make_trainer(make_person("DIALLO", "Fanta", matricule="T-1"), qualified=True)
    gone = make_trainer(make_person("SOW", "Binta", matricule="T-2"), qualified=True)
    Qualification.objects.filter(trainer=helper, curriculum=curriculum).update(level="CO")
    Trainer.objects.filter(pk=gone.pk).update(state="SUSPENDED")
    report = apply(one_session(Premier_jour="12/05/2025", Formateurs="T-1 ; T-2"))

    roles = TrainingSession.objects.get().session_trainers.values_list("trainer", "role")
    assert dict(roles) == {helper.pk: "TRAINER"}
    assert report.sessions[0].warnings[0] == (
        "Binta SOW : inscription au répertoire suspendue, son nom n'est pas lié."
    )


def test_later_sessions_know_what_an_earlier_one_told() -> None:
    content = several(
        [*about("S-1"), "KONE", "Awa", "", 66000001, "", "x", "x"],
        [*about("S-2", "2023-06-01"), "KONE", "Awa", "F", 66000001, "Juge", "x", ""],
        [*about("S-3", "2023-07-01"), "KONE", "Awa", "", 66000001, "", "x", "x"],
    )
    apply(content)

    frozen = Participation.objects.order_by("session__code").values_list(
        "sex", "profession__code", "status", "contact_minutes", "attendance_percent"
    )
    assert list(frozen) == [
        ("", None, "TRAINED", 420, 100),
        ("F", "magistrat-siege", "INFORMED", 210, 50),
        ("F", "magistrat-siege", "TRAINED", 420, 100),
    ]
    assert Person.objects.get().sex == "F"


def test_history_says_who_opened_each_session_and_handed_it_in() -> None:
    user = make_user(Role.FOCAL_POINT)
    apply(several([*about("S-1"), *PEOPLE[0]], [*about("S-2"), *PEOPLE[1]]), by=user)

    for session in TrainingSession.objects.all():
        told = session.history.order_by("history_id")
        assert list(told.values_list("history_type", "state", "history_user")) == [
            ("+", "PLANNED", user.pk),
            ("~", "TO_VALIDATE", user.pk),
        ]


@pytest.mark.parametrize("sessions", [1, 6])
def test_apply_asks_as_often_for_one_session_as_for_six(
    sessions: int, django_assert_num_queries: Any
) -> None:
    rows = [[*about(f"S-{rank}"), *PEOPLE[rank % 2]] for rank in range(sessions)]
    content = several(*rows)
    apply(several([*about("S-0-DEJA"), *PEOPLE[0]], [*about("S-1-DEJA"), *PEOPLE[1]]))
    with django_assert_num_queries(46):
        apply(content)


def test_a_code_taken_meanwhile_refuses_the_whole_file() -> None:
    make_session("SEG-A")
    facts = FactReader(None).read(
        {"code": "SEG-A", "curriculum": "Curriculum traite-des-personnes", "territory": "Ségou",
         "starts_on": "12/05/2023", "slot_count": 2, "slot_hours": 3.5}
    )  # fmt: skip
    with pytest.raises(BacklogRefused, match="Quelqu'un vient d'ouvrir une session"):
        open_old_sessions([(facts, "Atelier")], content=b"x", name="a.xlsx", by=None)
    assert counts() == [1, 0, 0, 0, 0]


def test_another_session_with_that_code_is_never_touched() -> None:
    make_session("SEG-A", title="Une autre")
    report = check(several([*about("SEG-A"), *PEOPLE[0]]))
    assert report.sessions[0].errors == (
        "Le code SEG-A est celui d'une autre session : donnez-en un autre.",
    )


@pytest.mark.parametrize(
    ("label", "value", "sentence"),
    [
        ("Premier_jour", "", "Il manque le premier jour de la session."),
        ("Premier_jour", "12/05/2019", "Une session ancienne a commencé en 2023 ou après, et"),
        ("Nombre_de_demi-journées", "", "Il manque le nombre de demi-journées (de 1 à 60)."),
        ("Heures_par_demi-journée", "beaucoup", "Heures par demi-journée : « beaucoup » n'est pas"),
        ("Région_ou_cercle_du_lieu", "Atlantide", "Lieu : « Atlantide » n'est pas une région"),
        ("Curriculum", "Poterie", "Curriculum : « Poterie » n'est pas connu."),
        ("Type_de_session", "Fête", "Type de session : « Fête » n'est pas connu"),
    ],
)
def test_fact_that_is_missing_or_wrong_is_told(label: str, value: object, sentence: str) -> None:
    (one,) = check(one_session(**{label: value})).sessions
    assert one.errors[0].startswith(sentence)


def test_focal_point_opens_sessions_of_its_territory_only() -> None:
    kayes = Territory.objects.get(code="kayes")
    user = make_user(Role.FOCAL_POINT, territory=kayes)
    (one,) = check(one_session(), by=user).sessions
    assert one.errors == ("« Ségou » n'est pas de votre territoire : demandez à son point focal.",)


def test_workbook_without_a_list_or_a_session_is_refused() -> None:
    for rows in ([["Bonjour"]], [HEAD, PEOPLE[0]]):
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        assert len(check(saved(book)).errors) == 1


def test_the_blank_model_is_what_the_import_reads() -> None:
    book = openpyxl.load_workbook(BytesIO(old_session_model()))
    for line, value in enumerate(
        [
            "",
            "Atelier",
            "Curriculum traite-des-personnes",
            "Formation",
            "12/05/2023",
            2,
            3.5,
            "Ségou",
        ],
        start=1,
    ):
        book["Session"].cell(line, 2).value = value or None
    for column, value in enumerate(["KONE", "Awa", "F", 66000001], start=2):
        book["Participants"].cell(2, column).value = value
    book["Participants"].cell(2, 9).value = "x"
    (one,) = apply(saved(book)).sessions
    assert (one.errors, one.persons, one.marks) == ((), 1, 1)


def test_command_checks_then_applies(tmp_path) -> None:
    path = tmp_path / "ancien.xlsx"
    path.write_bytes(one_session())
    out = StringIO()
    call_command("import_backlog", path, "--json", stdout=out)
    assert json.loads(out.getvalue())["sessions"][0]["status"] == "opened"
    assert counts() == [0, 0, 0, 0, 0]
    call_command("import_backlog", path, "--apply", stdout=out)
    assert counts() == [1, 2, 2, 3, 1]
    assert make_region().code == "segou"
