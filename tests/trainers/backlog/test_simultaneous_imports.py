"""Two people apply one file at once, and a process that dies in the middle of it."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from accounts.models import Person
from accounts.reference_data import load_reference_data
from tests.bench.conftest import ROOT, database_url
from tests.factories.trainers import make_curriculum, workbook
from trainers.backlog.partner_import import apply_partner_reports
from trainers.backlog.session_import import BacklogRefused, apply_backlog
from trainers.models import (
    AttendanceMark,
    Evidence,
    Participation,
    PartnerHeadcount,
    PartnerReport,
    TrainingSession,
)
from trainers.participation.rule_sets import create_first_rule_set

pytestmark = pytest.mark.django_db(transaction=True)
HEAD = ["Code session", "Date", "Région du lieu", "Curriculum", "Demi-journées",
        "Heures par demi-journée", "Nom", "Prénom", "Téléphone", "J1 matin"]  # fmt: skip
DIES = """
import os, signal
from pathlib import Path
import django
from django.conf import settings
django.setup()
settings.EVIDENCE_ROOT = Path({evidence!r})
from trainers.backlog import list_writing, session_import
write = list_writing._write_marks
def write_then_die(*args, **options):
    write(*args, **options)
    os.kill(os.getpid(), signal.SIGKILL)
list_writing._write_marks = write_then_die
path = Path({path!r})
session_import.apply_backlog(content=path.read_bytes(), name=path.name)
"""


@pytest.fixture(autouse=True)
def plan() -> None:
    load_reference_data()
    create_first_rule_set()
    make_curriculum()


def old_sessions() -> bytes:
    about = ["12/05/2023", "Ségou", "Curriculum traite-des-personnes", 2, 3.5]
    people = [[f"NOM{rank}", "Awa", 76000000 + rank, "x"] for rank in range(4)]
    return workbook([HEAD, *([f"ANC-{rank % 2}", *about, *people[rank]] for rank in range(4))])


def at_once(call: Callable[[], Any]) -> list[Any]:
    """Run the call twice at the same moment, each time with a connection of its own."""
    start = Barrier(2)

    def run() -> Any:
        try:
            start.wait()
            return call()
        except BacklogRefused as refusal:
            return refusal.sentences[0].split(".")[0]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as threads:
        return [one.result() for one in [threads.submit(run), threads.submit(run)]]


def counts() -> list[int]:
    models = (TrainingSession, Person, Participation, AttendanceMark, Evidence)
    return [model.objects.count() for model in models]


def test_old_sessions_applied_twice_at_once_are_opened_once() -> None:
    content = old_sessions()
    answers = at_once(lambda: len(apply_backlog(content=content, name="a.xlsx").opened))

    # Whoever comes second finds them there, or is asked to check again.
    assert counts() == [2, 4, 4, 4, 2]
    assert answers.count(2) == 1
    assert set(answers) <= {2, 0, "Quelqu'un vient d'ouvrir une session de ce fichier"}


def test_partner_reports_applied_twice_at_once_are_kept_once() -> None:
    head = ["Partenaire", "Intitulé", "Type", "Lieu", "Du", "Au", "Catégorie", "Sexe", "Effectif"]
    row = ["ONG fictive", "Atelier", "Formation", "Ségou", "04/03/2024", "05/03/2024"]
    content = workbook([head, [*row, "Magistrats", "F", 5], [*row, "Magistrats", "M", 3]])
    at_once(lambda: apply_partner_reports(content=content, name="a.xlsx"))

    assert (PartnerReport.objects.count(), PartnerHeadcount.objects.count()) == (1, 2)


def test_process_killed_in_the_middle_leaves_nothing_half_written(
    tmp_path: Path, settings: Any
) -> None:
    path = tmp_path / "ancien.xlsx"
    path.write_bytes(old_sessions())
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "elearning.settings.dev",
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
    }
    died = subprocess.run(
        [sys.executable, "-c", DIES.format(path=str(path), evidence=str(settings.EVIDENCE_ROOT))],
        cwd=ROOT,
        env=environment,
        check=False,
        capture_output=True,
    )

    assert died.returncode == -signal.SIGKILL, died.stderr
    assert counts() == [0, 0, 0, 0, 0]
    apply_backlog(content=path.read_bytes(), name="ancien.xlsx")
    assert counts() == [2, 4, 4, 4, 2]
