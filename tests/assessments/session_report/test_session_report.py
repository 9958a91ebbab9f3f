"""The report of a session: its figures, the trainer's words, the files, the file of evidence."""

import datetime
import io
import re

import docx
import pytest
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from assessments.session_report.blocks import Facts, Report, Table
from assessments.session_report.content import report_of
from assessments.session_report.documents import report_docx, report_pdf
from assessments.session_report.writing import ReportRefused, attach_report, write_report
from tests.factories.accounts import make_person, make_user
from tests.factories.assessments import make_copy, make_form
from tests.factories.trainers import attend, complete_file, make_session, make_trainer, staff
from trainers.models import Evidence, Expense, SessionReport, TrainingSession
from trainers.sessions.lock import SessionClosed

pytestmark = pytest.mark.django_db

PAGE = "/sessions/SEG-R/rapport/"
DAY = datetime.date(2025, 5, 20)
WORDS = {"difficulties": "", "recommendations": "Ajouter un jour."}
PDF_PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")


@pytest.fixture
def session() -> TrainingSession:
    session = make_session("SEG-R")
    form = make_form(key="A" * 10)
    for number in range(12):
        person = make_person("TRAORE", f"Nom{number}", sex="F" if number < 5 else "M")
        one = attend(session, person, positions=(1, 2, 3, 4))
        make_copy(one, form, "PRE", "A" * (3 + number % 3) + "B" * (7 - number % 3))
        make_copy(one, form, "POST", "A" * (8 + number % 2) + "C" * (2 - number % 2))
    return session


@pytest.fixture
def trainer(session: TrainingSession) -> User:
    lead = make_trainer(make_person("MAÏGA", "Formatrice"))
    staff(session, lead)
    return make_user(Role.TRAINER, person=lead.person)


def section(report: Report, title: str) -> list[object]:
    return next(list(one.blocks) for one in report.sections if one.title == title)


def texts_of(report: Report) -> str:
    return str(report.sections)


def test_report_says_the_gain_with_its_verdict_and_counts(session: TrainingSession) -> None:
    verdict, facts = section(report_of(session, day=DAY), "Gain de connaissances")

    assert verdict.text.startswith("Verdict : Gain établi. L'intervalle à 95 %")
    assert isinstance(facts, Facts)
    known = dict(facts.pairs)
    assert known["Paires, n"] == "12"
    assert known["Taux d'appariement"] == "100 %"
    assert known["Moyenne avant (points sur 100)"] == "40"
    assert known["Moyenne après (points sur 100)"] == "85"
    assert known["Gain moyen des paires"] == "45"
    assert known["Gain normalisé des moyennes (Hake)"] == "0,75"
    assert known["Au moins 70 % au post-test"] == "100 %"


def test_report_disaggregates_who_was_present_and_counts_half_days(
    session: TrainingSession,
) -> None:
    report = report_of(session, day=DAY)
    _counts, table = section(report, "Participants")
    (attendance,) = section(report, "Présence par demi-journée")

    assert isinstance(table, Table)
    assert table.rows[-1] == ("Total", "", "5", "7", "0", "12")
    assert isinstance(attendance, Table)
    assert [row[3:] for row in attendance.rows] == [("12", "100 %")] * 4


def test_report_lists_evidence_with_its_hash_spending_and_rules(session: TrainingSession) -> None:
    complete_file(session)
    Expense.objects.create(
        session=session, spent_on=DAY, label="Location de la salle", amount=1_250_000,
        recorded_at="2025-05-20T12:00:00Z",
    )  # fmt: skip

    report = report_of(session, day=DAY)

    evidence = section(report, "Pièces justificatives")[0]
    assert isinstance(evidence, Table)
    assert {row[0] for row in evidence.rows} == {
        "Termes de référence", "Feuille d'émargement signée",
    }  # fmt: skip
    assert all(len(row[3]) == 64 for row in evidence.rows)
    (spending,) = section(report, "Dépenses")
    assert isinstance(spending, Table)
    assert spending.rows[-1] == ("Total", "", "", "1\u202f250\u202f000")
    rules = str(section(report, "Comment ces chiffres sont comptés"))
    assert "version 1, en vigueur depuis le 1er janvier 2023" in rules
    assert "contact : 6 h au moins ; assiduité : 80 % au moins" in rules


def test_names_are_only_in_the_annex(session: TrainingSession, trainer: User) -> None:
    plain = report_of(session, day=DAY)
    named = report_of(session, day=DAY, with_names=True)

    for name in ("TRAORE", "MAÏGA"):
        assert name not in str(plain)
        assert name not in texts_of(named)
        assert name in str(named.annex)


def test_pdf_is_the_same_for_the_same_report(session: TrainingSession) -> None:
    report = report_of(session, day=DAY)

    content = report_pdf(report)

    assert content.startswith(b"%PDF")
    assert content == report_pdf(report)
    assert len(PDF_PAGE.findall(content)) >= 2


def test_docx_has_headings_tables_and_what_is_left_to_write(session: TrainingSession) -> None:
    write_report(session=session, course_of_events="Deux jours\npleins.", by=None, **WORDS)

    document = docx.Document(io.BytesIO(report_docx(report_of(session, day=DAY, with_names=True))))

    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    assert headings[:4] == [
        "La session", "Participants", "Présence par demi-journée", "Déroulement",
    ]  # fmt: skip
    assert headings[-1] == "Annexe nominative, réservée à l’équipe de la session"
    words = [one.text for one in document.paragraphs]
    assert "Deux jours" in words
    assert "[À compléter\u00a0: difficultés]" in words
    assert "Ajouter un jour." in words
    people = document.tables[-1]
    assert [cell.text for cell in people.rows[0].cells][:2] == ["N°", "Nom"]
    assert len(people.rows) == 13


# --- Acts ---------------------------------------------------------------------------------------


def test_report_is_attached_once_and_a_later_one_replaces_it(session: TrainingSession) -> None:
    with pytest.raises(ReportRefused, match="Racontez d'abord"):
        attach_report(session=session, by=None)

    write_report(session=session, course_of_events="Tout s'est bien passé.", by=None, **WORDS)
    first = attach_report(session=session, by=None)
    assert attach_report(session=session, by=None) == first

    write_report(session=session, course_of_events="Une salle trop petite.", by=None, **WORDS)
    second = attach_report(session=session, by=None)

    assert (second.kind, second.original_name) == ("REPORT", "rapport-SEG-R.pdf")
    assert second.replaces == first
    assert Evidence.objects.filter(session=session, kind="REPORT").count() == 2
    assert SessionReport.objects.count() == 1


def test_a_validated_session_keeps_its_report(session: TrainingSession) -> None:
    session.state, session.validated_at = "VALIDATED", "2025-06-01T00:00:00Z"
    session.save()

    with pytest.raises(SessionClosed):
        write_report(session=session, course_of_events="Trop tard", by=None, **WORDS)
    with pytest.raises(SessionClosed):
        attach_report(session=session, by=None)


# --- Screens ------------------------------------------------------------------------------------


def test_trainer_writes_takes_and_attaches_the_report(
    client: Client, session: TrainingSession, trainer: User
) -> None:
    client.force_login(trainer)
    assert "Gain établi" in client.get(PAGE).content.decode()

    client.post(PAGE, {"course_of_events": "Deux jours.", **WORDS})
    kept = client.post(f"{PAGE}joindre/", follow=True)
    pdf = client.get(f"{PAGE}fichier.pdf?annexe")
    word = client.get(f"{PAGE}fichier.docx")

    assert "Le rapport est joint au dossier de la session." in kept.content.decode()
    assert "rapport-SEG-R.pdf" in kept.content.decode()
    assert SessionReport.objects.get().updated_by == trainer
    assert pdf.content.startswith(b"%PDF")
    assert 'filename="rapport-SEG-R.docx"' in word["Content-Disposition"]
    assert docx.Document(io.BytesIO(word.content)).tables


@pytest.mark.parametrize("address", [PAGE, f"{PAGE}fichier.pdf", f"{PAGE}fichier.docx?annexe"])
def test_others_do_not_read_the_report(
    client: Client, session: TrainingSession, address: str
) -> None:
    client.force_login(make_user(Role.TRAINER))
    stranger = client.get(address)
    client.force_login(make_user(Role.PARTNER))
    partner = client.get(address)

    assert (stranger.status_code, partner.status_code) == (404, 403)
    assert b"TRAORE" not in stranger.content + partner.content


def test_report_takes_the_same_queries_whatever_the_people(
    client: Client, session: TrainingSession, django_assert_num_queries: object
) -> None:
    client.force_login(make_user(Role.COMMITTEE))
    for _size in (12, 14):
        client.get(PAGE)
        with django_assert_num_queries(40):
            client.get(PAGE)
        attend(session, make_person())
        attend(session, make_person())


def test_signs_pasted_from_another_document_do_not_close_the_report(
    session: TrainingSession,
) -> None:
    attend(session, make_person("DIA\x0bLLO", "Awa"))
    write_report(session=session, course_of_events="Deux\x02jours.", by=None, **WORDS)

    document = docx.Document(io.BytesIO(report_docx(report_of(session, day=DAY, with_names=True))))

    assert "Deux jours." in [one.text for one in document.paragraphs]
