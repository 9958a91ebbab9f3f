"""The plan as an .xlsx workbook: what the import reads back, and the progress beside."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from accounts.enums import TerritoryLevel
from accounts.models import Territory
from trainers.national_plan.board import Row
from trainers.national_plan.item_cells import TITLES
from trainers.national_plan.progress import LineState
from trainers.table_files import as_text, new_workbook, set_headings, workbook_bytes

COLUMNS = (
    "item_id", "activity", "year", "topic", "category", "territory",
    "planned_sessions", "planned_people", "budget", "due_on", "note",
)  # fmt: skip
WIDTHS = (12, 46, 8, 34, 28, 24, 11, 11, 16, 14, 34, 10, 10, 10, 10, 12, 16, 16)


def state_words() -> dict[str, str]:
    """How each state of a line is said."""
    return {
        LineState.LATE: _("En retard"),
        LineState.DUE_SOON: _("À tenir sous 30 jours"),
        LineState.TO_VALIDATE: _("Tenue, à valider"),
        LineState.TO_COME: _("À venir"),
        LineState.DONE: _("Faite"),
        LineState.CLOSED: _("Close"),
    }


def plan_workbook(rows: Sequence[Row]) -> bytes:
    """Return an .xlsx file with a row for each line; without any, a model ready to fill in.

    Text that a spreadsheet would take for a formula is written as text.
    """
    from openpyxl.styles import Alignment

    book, sheet = new_workbook("Plan de formation")
    progress = [
        _("Tenues"), _("Validées"), _("Présents"), _("Formés"), _("Public touché"),
        _("Dépensé (FCFA)"), _("État"),
    ]  # fmt: skip
    sheet.append([*(TITLES[name] for name in COLUMNS), *(progress if rows else [])])
    words = state_words()
    for row in rows:
        sheet.append([as_text(cell) for cell in _cells(row, words[row.state])])
    set_headings(sheet, WIDTHS)
    for cell in sheet[1]:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for letter in ("I", "Q"):
        for cell in sheet[letter][1:]:
            cell.number_format = "#,##0"
    sheet.freeze_panes = "C2"
    return workbook_bytes(book)


def territory_label(territory: Territory) -> str:
    """The name that the import reads back: a cercle may be named like its region."""
    if territory.level == TerritoryLevel.CERCLE:
        return f"Cercle de {territory.name}"
    return territory.name


def _cells(row: Row, state: str) -> list[object]:
    item, done = row.item, row.line.done
    return [
        item.pk,
        f"{item.activity.code} · {item.activity.label[:80]}",
        item.year,
        item.topic.name if item.topic else None,
        item.category.name if item.category else None,
        territory_label(item.territory),
        item.planned_sessions,
        item.planned_people,
        item.budget,
        item.due_on,
        item.note,
        done.held,
        done.validated,
        done.present,
        done.trained,
        done.reached,
        done.spent,
        state,
    ]
