"""A blank workbook for an old session: what the import reads, ready to fill in."""

from collections.abc import Sequence
from typing import Any

from trainers.table_files import new_workbook, set_headings, workbook_bytes

SESSION_LINES = (
    ("Code session", "Laissez vide : la plateforme en donne un."),
    ("Intitulé", "Sans intitulé, celui du curriculum est repris."),
    ("Curriculum", "Le titre d'un curriculum de la plateforme."),
    ("Type de session", "Formation, Formation de formateurs ou Sensibilisation d'acteurs."),
    ("Premier jour", "Par exemple 12/05/2023."),
    ("Nombre de demi-journées", "Matin et après-midi de chaque jour : 4 pour deux jours."),
    ("Heures par demi-journée", "Par exemple 3,5."),
    ("Région ou cercle du lieu", "Par exemple Ségou."),
    ("Lieu", "La salle, la ville."),
    ("Financement", ""),
    ("Formateurs", "Nom et prénom, ou matricule ; un point-virgule entre deux formateurs."),
    ("Motif d'absence de tests", "Si le pré-test ou le post-test n'a pas eu lieu."),
)
PEOPLE_HEADINGS = (
    "N°", "Nom", "Prénom", "Sexe", "Téléphone", "Structure", "Profession", "Région",
    "J1 matin", "J1 après-midi", "J2 matin", "J2 après-midi",
)  # fmt: skip
REPORT_HEADINGS = (
    "Partenaire", "Intitulé", "Type", "Lieu", "Du", "Au", "Catégorie", "Sexe", "Effectif",
)  # fmt: skip
BLANK_LINES = 40


def old_session_model() -> bytes:
    """Return an .xlsx file: a sheet « Session » to fill in, a sheet « Participants »."""
    from openpyxl.styles import Font

    book, about = new_workbook("Session")
    for label, _help in SESSION_LINES:
        about.append([label, None])
    for line, (_label, told) in enumerate(SESSION_LINES, start=1):
        if told:
            about.cell(line, 2).comment = _comment(told)
        about.cell(line, 1).font = Font(bold=True)
    about.column_dimensions["A"].width = 30
    about.column_dimensions["B"].width = 60
    people = book.create_sheet("Participants")
    _headings(people, PEOPLE_HEADINGS)
    for number in range(1, BLANK_LINES + 1):
        people.append([number])
    return workbook_bytes(book)


def partner_report_model() -> bytes:
    """Return an .xlsx file with the headings of partners' reports."""
    book, sheet = new_workbook("Rapports")
    _headings(sheet, REPORT_HEADINGS)
    return workbook_bytes(book)


def _headings(sheet: Any, headings: Sequence[str]) -> None:
    sheet.append(list(headings))
    set_headings(sheet, [18] * len(headings))
    sheet.freeze_panes = "A2"


def _comment(text: str) -> object:
    from openpyxl.comments import Comment

    return Comment(text, "e-learning")
