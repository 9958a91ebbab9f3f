"""A workbook of events to fill in: the columns that the import reads, and the words it knows."""

from trainers.enums import AwarenessTheme, EventKind, Language, Sector
from trainers.table_files import new_workbook, set_headings, workbook_bytes

HEADINGS = (
    "Nature", "Intitulé", "Région ou cercle", "Lieu", "Date", "Thème", "Langue", "Secteur",
    "Animée par", "Femmes", "Hommes", "Filles", "Garçons", "Non renseigné",
    "Réponses avant", "Réponses justes avant", "Réponses après", "Réponses justes après",
)  # fmt: skip
WIDTHS = (30, 34, 22, 26, 13, 28, 16, 16, 26, *(12 for _column in range(9)))


def events_model() -> bytes:
    """Return an .xlsx file: a sheet with headings alone, and one with the words to choose from."""
    book, sheet = new_workbook("Actions")
    sheet.append(list(HEADINGS))
    set_headings(sheet, WIDTHS)
    sheet.freeze_panes = "A2"
    words = book.create_sheet("Mots à employer")
    for name, known in (
        ("Natures", EventKind),
        ("Thèmes", AwarenessTheme),
        ("Langues", Language),
        ("Secteurs", Sector),
    ):
        words.append([name])
        for label in known.labels:
            words.append(["", str(label)])
    words.column_dimensions["B"].width = 44
    return workbook_bytes(book)
