"""Files as offices send them, through each import's screen: docs/imports.md says what is shown."""

import datetime
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from html import unescape
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.enums import Role
from accounts.reference_data import load_reference_data
from assessments.models import Attempt, TestForm
from tests.factories.accounts import make_person, make_user
from tests.factories.assessments import make_form
from tests.factories.trainers import attend, make_plan_item, make_session, workbook
from trainers.models import (
    AttendanceMark,
    AwarenessEvent,
    Participation,
    PartnerReport,
    PlanItem,
    TrainingSession,
)

Cells = list[object]
FOLDER = Path(__file__).parents[2]


@dataclass(frozen=True)
class Importer:
    """A screen, its headings, one row that is good."""

    name: str
    address: str
    head: Cells
    good: Cells
    more: tuple[tuple[str, str], ...] = ()


DAY = datetime.date(2025, 5, 12)
ABOUT = ["Code session", "Date", "Région du lieu", "Curriculum", "Demi-journées",
         "Heures par demi-journée"]  # fmt: skip
IMPORTERS = (
    Importer(
        "Présences", "/sessions/SEG-001/import/",
        ["Nom", "Prénom", "Sexe", "J1 matin"], ["KONÉ", "Awa", "F", "x"],
    ),
    Importer(
        "Résultats", "/sessions/SEG-001/resultats/import/",
        ["Matricule", "Nom", *(f"Q{n}" for n in range(1, 11))], ["M-17", "TRAORÉ", *"ABCDABCDAB"],
        (("occasion", "PRE"),),
    ),
    Importer(
        "Plan", "/plan-de-formation/import/",
        ["Activité", "Année", "Territoire", "Sessions prévues", "À tenir avant le"],
        ["A3.2.1-03", 2025, "Ségou", 2, DAY],
    ),
    Importer(
        "Actions", "/actions/import/",
        ["Nature", "Région ou cercle", "Lieu", "Date", "Femmes"],
        ["Dialogue communautaire", "Ségou", "Marché", DAY, 12],
    ),
    Importer(
        "Sessions anciennes", "/sessions/anciennes/", [*ABOUT, "Nom", "Prénom", "J1 matin"],
        ["ANC-1", DAY, "Ségou", "Curriculum traite-des-personnes", 2, 3.5, "KONÉ", "Awa", "x"],
    ),
    Importer(
        "Partenaires", "/rapports-partenaires/import/",
        ["Partenaire", "Intitulé", "Type", "Lieu", "Du", "Au", "Catégorie", "Sexe", "Effectif"],
        ["ONG fictive", "Atelier", "Formation", "Ségou", DAY, DAY, "Magistrats", "F", 5],
    ),
)  # fmt: skip


def as_text(row: Cells) -> Cells:
    return [cell.strftime("%d/%m/%Y") if isinstance(cell, datetime.date) else cell for cell in row]


def as_csv(one: Importer, encoding: str, separator: str) -> bytes:
    rows = [one.head, as_text(one.good)]
    return "\r\n".join(separator.join(map(str, row)) for row in rows).encode(encoding)


def merged(one: Importer) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    width = len(one.head)
    for row in (["République du Mali"], ["Liste de l'atelier"], one.head, one.good):
        sheet.append(row)
    for line in (1, 2):
        sheet.merge_cells(start_row=line, end_row=line, start_column=1, end_column=width)
    return saved(book)


def with_formula(one: Importer) -> bytes:
    book = openpyxl.Workbook()
    book.active.append(one.head)
    book.active.append([*one.good[:-1], "=1+1"])
    return saved(book)


def computed(content: bytes, value: object) -> bytes:
    """The same file once a spreadsheet has kept the formula's result."""
    kept = value.isoformat() if isinstance(value, datetime.date) else str(value)
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for member in old.infolist():
            data = old.read(member)
            if member.filename == "xl/worksheets/sheet1.xml":
                data = re.sub(
                    rb'(<c r="[A-Z]+2")(><f>1\+1</f><v>)(?=</v>)',
                    rb'\1 t="str"\g<2>' + kept.encode(),
                    data,
                )
            new.writestr(member.filename, data)
    return target.getvalue()


def saved(book: openpyxl.Workbook) -> bytes:
    target = BytesIO()
    book.save(target)
    return target.getvalue()


@cache
def bomb() -> bytes:
    """Two gigabytes of spaces in two megabytes, under the names of a workbook."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            piece = b" " * (1 << 20)
            for _megabyte in range(BOMB_MEGABYTES):
                sheet.write(piece)
    return target.getvalue()


BOMB_MEGABYTES = 130  # over the 120 that we unpack; 2,048 change nothing: reading stops there
CASES: dict[str, tuple[str, Callable[[Importer], bytes]]] = {
    "Titre sur cases fusionnées": ("f.xlsx", merged),
    "Ligne de total": (
        "f.xlsx", lambda one: workbook([one.head, one.good, ["TOTAL", *[None] * 3]]),
    ),
    "Dates écrites en texte": ("f.xlsx", lambda one: workbook([one.head, as_text(one.good)])),
    "5 000 lignes vides": (
        "f.xlsx", lambda one: workbook([one.head, *[[None]] * 5000, one.good]),
    ),
    "csv de Windows, points-virgules": ("f.csv", lambda one: as_csv(one, "cp1252", ";")),
    "csv, tabulations, UTF-16": ("f.csv", lambda one: as_csv(one, "utf-16", "\t")),
    ".xlsx nommé .xls": ("f.xls", lambda one: workbook([one.head, one.good])),
    "Formule calculée": ("f.xlsx", lambda one: computed(with_formula(one), one.good[-1])),
    "Formule jamais calculée": ("f.xlsx", with_formula),
    "Page web nommée .xls": ("f.xls", lambda _one: b"<html><table><tr><td>Nom</td></tr></table>"),
    "Photo nommée .xlsx": ("f.xlsx", lambda _one: b"\xff\xd8\xff\xe0" + bytes(400)),
    "Fichier abîmé": ("f.xlsx", lambda one: workbook([one.head, one.good])[:900]),
    "Fichier vide": ("f.xlsx", lambda _one: b""),
    "Titres seuls": ("f.xlsx", lambda one: workbook([one.head])),
    "Ni titres ni liste": ("f.xlsx", lambda _one: workbook([["Bonjour"], ["à tous"]])),
    "Bombe de 2 Go": ("f.xlsx", lambda _one: bomb()),
}  # fmt: skip


def shown(client: Client, one: Importer, name: str, content: bytes) -> str:
    """The words of the page to which the file leads; never an error of the server."""
    facts = {**dict(one.more), "file": SimpleUploadedFile(name, content)}
    if one.name == "Résultats":
        facts["form"] = TestForm.objects.get().pk
    response = client.post(one.address, facts, follow=True)
    assert response.status_code == 200
    main = response.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def tables() -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """What docs/imports.md says of each case, then of each import."""
    text = (FOLDER / "docs" / "imports.md").read_text(encoding="utf-8")
    text = text.split("## Messy files", 1)[1].split("\n## ", 1)[0]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if line.startswith("| ")
    ]
    cases = {row[0]: row[1] for row in rows[1:] if len(row) == 2}
    imports = [row for row in rows if len(row) == 3]
    return cases, {row[0]: dict(zip(imports[0], row, strict=True)) for row in imports[1:]}


def test_documentation_speaks_of_each_case_and_each_import() -> None:
    cases, imports = tables()
    assert list(cases) == list(CASES)
    assert list(imports) == [one.name for one in IMPORTERS]


@pytest.mark.django_db
@pytest.mark.parametrize("one", IMPORTERS, ids=lambda one: one.name)
def test_screen_says_of_a_messy_file_what_the_documentation_says(
    one: Importer, client: Client
) -> None:
    load_reference_data()
    session = make_session("SEG-001")
    attend(session, make_person("TRAORÉ", "Oumar", matricule="M-17"))
    make_form()
    make_plan_item().delete()
    client.force_login(make_user(Role.COMMITTEE))
    cases, imports = tables()
    before = written()
    for case, (name, make) in CASES.items():
        said = imports[one.name].get(cases[case], cases[case])
        page = shown(client, one, name, make(one))
        assert said.removeprefix("« ").removesuffix(" »") in page, (case, page[:600])
    assert written() == before


def written() -> list[int]:
    models = (AttendanceMark, Participation, Attempt, PlanItem, AwarenessEvent, TrainingSession,
              PartnerReport)  # fmt: skip
    return [model.objects.count() for model in models]
