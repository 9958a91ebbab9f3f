"""Terms of reference and agenda: what they say, and what is left to fill in by hand."""

import re

import pytest

from courses.curriculum_versions import current_version
from courses.models import CurriculumPage, LessonPage, ModulePage
from tests.factories.trainers import make_curriculum, make_session, make_trainer, staff
from trainers.enums import EvidenceKind
from trainers.sessions import papers
from trainers.sessions.papers import paper_name, paper_pdf
from trainers.sessions.taught_text import taught_text

pytestmark = pytest.mark.django_db

PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")


@pytest.fixture
def curriculum() -> CurriculumPage:
    """Two modules of two lessons: 10 and 20 minutes, then 30 and 60."""
    curriculum = make_curriculum()
    for rank, minutes in enumerate(((10, 20), (30, 60)), 1):
        module = curriculum.add_child(
            instance=ModulePage(title=f"Module {rank}", slug=f"m{rank}", summary=f"Résumé {rank}")
        )
        for number, length in enumerate(minutes, 1):
            module.add_child(
                instance=LessonPage(
                    title=f"Leçon {rank}.{number}",
                    slug=f"l{number}",
                    minutes=length,
                    objectives=[f"Savoir {rank}.{number}"],
                )
            )
    return curriculum


def words_of(session: object, kind: str) -> str:
    """Every text that is given to the printer."""
    build = papers._agenda_sections if kind == EvidenceKind.AGENDA else papers._terms_sections
    return str(build(session, taught_text(session)))  # type: ignore[arg-type]


def test_text_taught_is_the_one_frozen_with_the_session(curriculum: CurriculumPage) -> None:
    session = make_session(curriculum=curriculum)
    assert session.taught_version == current_version(curriculum)
    page = LessonPage.objects.get(title="Leçon 1.1")
    page.title = "Autre chose"
    page.save_revision().publish()
    text = taught_text(session)

    assert [part.title for part in text.parts] == ["Module 1", "Module 2"]
    assert [one.title for one in text.parts[0].lessons] == ["Leçon 1.1", "Leçon 1.2"]
    assert text.parts[1].lessons[1].objectives == ("Savoir 2.2",)


def test_session_without_frozen_text_reads_todays_pages(curriculum: CurriculumPage) -> None:
    session = make_session(curriculum=curriculum)
    frozen = taught_text(session)
    session.taught_version = None

    today = taught_text(session)
    assert today.parts == frozen.parts
    assert today.summary == frozen.summary


def test_agenda_spreads_modules_over_the_half_days(curriculum: CurriculumPage) -> None:
    session = make_session(curriculum=curriculum, slot_count=2)
    sections = papers._agenda_sections(session, taught_text(session))

    tables = [one for one in sections if one["kind"] == "table"]
    # 420 minutes less 60: 90 of 360 for 30 of 120 minutes of lessons, then the rest.
    assert [[(row[1][0], row[2]) for row in one["rows"]] for one in tables] == [
        [("Accueil, règles du groupe, pré-test", "30"), ("Module 1", "90"), ("Module 2", "90")],
        [("Module 2 (suite)", "180"), ("Post-test, évaluation de la session, clôture", "30")],
    ]


def test_terms_say_what_is_known(curriculum: CurriculumPage) -> None:
    session = make_session(
        "SEG-1", curriculum=curriculum, venue="Salle A", funder="Budget national"
    )
    trainer = make_trainer()
    staff(session, trainer)

    words = words_of(session, EvidenceKind.TERMS_OF_REFERENCE)
    for known in ("Salle A, Ségou", "Budget national", str(trainer), "Savoir 2.2", "6 h", "80 %"):
        assert known in words


@pytest.mark.parametrize("kind", [EvidenceKind.TERMS_OF_REFERENCE, EvidenceKind.AGENDA])
def test_same_facts_give_the_same_file(curriculum: CurriculumPage, kind: str) -> None:
    session = make_session("SEG-1", curriculum=curriculum)
    pdf = paper_pdf(session, kind)

    assert pdf == paper_pdf(session, kind)
    assert len(PAGE.findall(pdf)) <= 2
    assert paper_name(session, kind) in ("tdr-SEG-1.pdf", "agenda-SEG-1.pdf")


def test_text_typed_by_somebody_is_never_run() -> None:
    session = make_session(title="#panic(1) $x$ */ [", venue='"); #read("/etc/passwd")')

    assert paper_pdf(session, EvidenceKind.AGENDA).startswith(b"%PDF")
