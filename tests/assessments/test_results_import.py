"""A workbook of paper tests: whose copy is each row, what is refused, what is kept."""

import hashlib

import pytest

from assessments.attempts import CopyRefused
from assessments.models import Attempt, TestForm
from assessments.results_import import (
    ResultsRefused,
    ResultsReport,
    apply_results,
    check_results,
)
from tests.factories.accounts import make_person
from tests.factories.assessments import answers, make_copy, make_form
from tests.factories.trainers import attend, make_session, workbook
from trainers.models import Evidence, Participation, TrainingSession
from trainers.participation.records import enrol
from trainers.sessions.planning import cancel_session

pytestmark = pytest.mark.django_db

HEADINGS = ["Téléphone", "Nom", "Prénom", "Matricule", *(f"Q{n}" for n in range(1, 11))]
GOOD = list("ABCDABCDAB")


@pytest.fixture
def session() -> TrainingSession:
    return make_session()


@pytest.fixture
def form() -> TestForm:
    return make_form()


@pytest.fixture
def awa(session: TrainingSession) -> Participation:
    person = make_person("TRAORE", "Awa", phone="76000001", matricule="M-17")
    return enrol(session=session, person=person)


@pytest.fixture
def ali(session: TrainingSession) -> Participation:
    return enrol(session=session, person=make_person("MAÏGA", "Ali", phone="76000002"))


def row(
    phone: object = None,
    family_name: str | None = None,
    given_name: str | None = None,
    matricule: str | None = None,
    *,
    letters: str | list[str] = GOOD,
) -> list[object]:
    return [phone, family_name, given_name, matricule, *letters]


def check(session: TrainingSession, form: TestForm, *rows: list[object]) -> ResultsReport:
    return check_results(
        session=session,
        form=form,
        occasion="PRE",
        content=workbook([HEADINGS, *rows]),
        name="pre.xlsx",
    )


@pytest.mark.parametrize(
    "written",
    [
        row("00223 76 00 00 01"),
        row("76-00-00-01", "Awa", "Traoré"),
        row(None, "awa", "TRAORÉ"),
        row(None, "Traoré Awa"),
        row(None, None, None, "m 17"),
        row("76999999", None, None, "M-17"),
        row("76000001", "COULIBALY", "Awa", "M-17"),
    ],
)
def test_a_participant_is_found_by_phone_matricule_or_name(
    session: TrainingSession, form: TestForm, awa: Participation, ali: Participation, written: list
) -> None:
    (found,) = check(session, form, written).rows

    assert (found.participation, found.status, found.errors) == (awa, "NEW", ())


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        (
            row("76123456", "COULIBALY", "Issa"),
            "Cette personne n'est pas inscrite à la session : copie non enregistrée.",
        ),
        (
            row("76000001", "COULIBALY", "Issa"),
            "Ce numéro de téléphone est déjà celui d'une autre personne, d'un autre nom. "
            "À vérifier : Awa TRAORE.",
        ),
        (
            row("76999999", "TRAORE", "Awa"),
            "Même nom qu'une personne connue, mais un autre téléphone. À vérifier : Awa TRAORE.",
        ),
        (
            row("76000002", "MAIGA", "Ali", "M-17"),
            "Le téléphone ou le nom désigne Ali MAÏGA, le matricule désigne Awa TRAORE.",
        ),
        (
            row(None, "COULIBALY", "Issa", "M-17"),
            "Le matricule est celui d'un autre nom. À vérifier : Awa TRAORE.",
        ),
        (
            row("12", "TRAORE", "Awa"),
            "Colonne « Téléphone » : « 12 » n'est pas un numéro de téléphone : écrivez 8 chiffres "
            "pour le Mali, ou « + » et l'indicatif du pays.",
        ),
        (
            row("76000001", "TRAORE", "Awa", letters="EBCDABCDAB"),
            "Colonne « Q1 » : « E » n'est pas une réponse lisible (une lettre de A à D).",
        ),
    ],
)
def test_a_doubt_is_an_error_of_the_row(
    session: TrainingSession,
    form: TestForm,
    awa: Participation,
    ali: Participation,
    written: list,
    sentence: str,
) -> None:
    (found,) = check(session, form, written).rows

    assert (found.participation, found.status, found.errors) == (None, "BAD", (sentence,))


def test_two_namesakes_without_phone_are_a_doubt(
    session: TrainingSession, form: TestForm, awa: Participation
) -> None:
    enrol(session=session, person=make_person("TRAORE", "Awa", phone="76000009"))

    (found,) = check(session, form, row(None, "TRAORE", "Awa")).rows

    assert found.errors == (
        "Plusieurs personnes connues portent exactement ce nom. "
        "À vérifier : Awa TRAORE, Awa TRAORE.",
    )


def test_somebody_known_but_not_on_the_list_is_not_enrolled(
    session: TrainingSession, form: TestForm, awa: Participation
) -> None:
    make_person("COULIBALY", "Issa", phone="76000003")

    report = apply_results(
        session=session,
        form=form,
        occasion="PRE",
        content=workbook([HEADINGS, row("76000003", "COULIBALY", "Issa"), row("76000001")]),
        name="pre.xlsx",
    )

    assert (report.recorded, len(report.bad_rows)) == (1, 1)
    assert Participation.objects.count() == 1


def test_columns_come_in_any_order_under_a_title_row(
    session: TrainingSession, form: TestForm, awa: Participation
) -> None:
    headings = ["Question 10", *(f"Q{n}" for n in range(9, 0, -1)), "Prénom", "Nom", "Contact"]
    report = check_results(
        session=session,
        form=form,
        occasion="PRE",
        content=workbook(
            [["PRÉ-TEST"], [], headings, [*reversed(GOOD), "Awa", "Traoré", 76000001]]
        ),
        name="pre.xlsx",
    )

    assert report.rows[0].row.responses == tuple(GOOD)


def test_the_same_copy_twice_in_the_file_counts_once(
    session: TrainingSession, form: TestForm, awa: Participation
) -> None:
    report = check(
        session,
        form,
        row("76000001"),
        row(None, "Traoré", "Awa"),
        row(None, None, None, "M-17", letters="ABCDABCDAA"),
    )

    assert [one.status for one in report.rows] == ["NEW", "SAME", "BAD"]
    assert report.rows[2].errors == ("Autre copie de la même personne que la ligne 2, différente.",)


def test_another_copy_already_recorded_is_an_error(
    session: TrainingSession, form: TestForm, awa: Participation
) -> None:
    make_copy(awa, form, "PRE", "ABCDABCDAA")

    (found,) = check(session, form, row("76000001")).rows

    assert (found.status, found.errors) == ("BAD", ("Copie déjà enregistrée, différente.",))


def test_a_missing_column_refuses_the_whole_file(
    session: TrainingSession, form: TestForm, awa: Participation
) -> None:
    content = workbook([HEADINGS[:-1], row("76000001")[:-1]])

    with pytest.raises(ResultsRefused, match="La colonne de la question 10 manque"):
        apply_results(session=session, form=form, occasion="PRE", content=content, name="a.xlsx")

    assert Evidence.objects.count() == 0


def test_results_before_the_attendance_list_are_refused(
    session: TrainingSession, form: TestForm
) -> None:
    report = check(session, form, row("76000001"))

    assert report.errors == (
        "Cette session n'a aucun inscrit : importez d'abord la feuille de présence.",
    )
    assert report.rows == ()


def test_a_file_without_a_good_row_is_refused(
    session: TrainingSession, form: TestForm, awa: Participation
) -> None:
    content = workbook([HEADINGS, row("76000009")])

    with pytest.raises(ResultsRefused, match="Aucune ligne de ce fichier ne peut être importée"):
        apply_results(session=session, form=form, occasion="PRE", content=content, name="a.xlsx")

    assert Evidence.objects.count() == 0


def test_applying_keeps_the_file_with_its_checksum_and_moves_the_ladder(
    session: TrainingSession, form: TestForm
) -> None:
    person = make_person("TRAORE", "Awa", phone="76000001")
    participation = attend(session, person, positions=(1, 2, 3, 4))
    content = workbook([HEADINGS, row("76000001", letters=[*GOOD[:9], "-"])])
    call = {
        "session": session, "form": form, "occasion": "POST", "content": content, "name": "p.xlsx"
    }  # fmt: skip

    first, again = apply_results(**call), apply_results(**call)

    participation.refresh_from_db()
    attempt = Attempt.objects.get()
    assert (first.recorded, again.recorded) == (1, 0)
    assert (attempt.responses, attempt.percent, attempt.source) == (
        answers("ABCDABCDA."), 90.0, "IMPORT",
    )  # fmt: skip
    assert attempt.evidence.sha256 == hashlib.sha256(content).hexdigest()
    assert participation.status == "CERTIFIED"
    assert Evidence.objects.count() == 1


def test_a_form_that_is_not_parallel_is_told(
    session: TrainingSession, form: TestForm, awa: Participation
) -> None:
    make_copy(awa, make_form("form-z"), "POST", "ABCDABCDAB")

    assert check(session, form, row("76000001")).warnings == (
        "Le formulaire form-a n'est pas parallèle à form-z : aucun gain ne sera montré.",
    )


def test_a_cancelled_session_receives_nothing(
    session: TrainingSession, form: TestForm, awa: Participation
) -> None:
    cancel_session(session=session, reason="Route coupée")
    content = workbook([HEADINGS, row("76000001")])

    with pytest.raises(CopyRefused, match="ne reçoit plus de copie"):
        apply_results(session=session, form=form, occasion="PRE", content=content, name="a.xlsx")

    assert (Attempt.objects.count(), Evidence.objects.count()) == (0, 0)


def test_a_check_takes_the_same_queries_whatever_the_rows(
    session: TrainingSession, form: TestForm, django_assert_num_queries: object
) -> None:
    for size in (1, 3):
        people = [attend(session) for _ in range(size)]
        rows = [row(one.person.phone) for one in people]
        with django_assert_num_queries(5):
            check(session, form, *rows)
