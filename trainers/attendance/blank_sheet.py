"""A blank attendance sheet for a session: what the import reads, ready to print or to fill in."""

from trainers.models import Participation, TrainingSession
from trainers.table_files import as_text, new_workbook, set_headings, workbook_bytes

HEADINGS = ("N°", "Nom", "Prénom", "Sexe", "Téléphone", "Structure", "Profession", "Région")
WIDTHS = (5, 20, 22, 7, 18, 30, 34, 22)
BLANK_LINES = 40


def attendance_model(session: TrainingSession) -> bytes:
    """Return an .xlsx file: headings, the people on the list, then numbered blank lines.

    Text that a spreadsheet would take for a formula is written as text: a phone in international
    form begins with "+", and the import reads it with its apostrophe.
    """
    from openpyxl.styles import Font

    book, sheet = new_workbook("Présence")
    slots = [str(slot) for slot in session.slots.order_by("position")]
    sheet.append([f"Liste de présence · {session.code} · {session.title}"])
    sheet.append([])
    sheet.append([*HEADINGS, *slots])
    people = _people_of(session)
    for number in range(1, max(len(people), BLANK_LINES) + 1):
        cells = people[number - 1] if number <= len(people) else []
        sheet.append([number, *(as_text(cell) for cell in cells)])
    set_headings(sheet, (*WIDTHS, *(13 for _slot in slots)), line=3)
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.freeze_panes = "D4"
    return workbook_bytes(book)


def _people_of(session: TrainingSession) -> list[list[str]]:
    people = (
        Participation.objects.filter(session=session)
        .select_related("person", "profession", "organization", "territory")
        .order_by("person__family_name", "person__given_name", "pk")
    )
    return [
        [
            one.person.family_name,
            one.person.given_name,
            one.sex,
            one.person.phone,
            one.organization.name if one.organization else "",
            one.profession.name if one.profession else "",
            one.territory.name if one.territory else "",
        ]
        for one in people
    ]
