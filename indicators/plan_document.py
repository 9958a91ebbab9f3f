"""The reference sheets as a page of docs/indicators.md, written from the plan's own files."""

from accounts.reference_data import read_csv
from indicators.enums import Method
from indicators.plan_loading import INDICATORS
from indicators.reference_sheets import FirstSheet, read_reference_sheets

START = "<!-- fiches: début -->"
END = "<!-- fiches: fin -->"


class NoPlaceForSheets(ValueError):
    """The document lost the two marks between which the sheets are written."""


def with_sheets(document: str) -> str:
    """The document with its reference sheets written again. Raises `NoPlaceForSheets`."""
    before, start, rest = document.partition(START)
    _old, end, after = rest.partition(END)
    if not start or not end:
        raise NoPlaceForSheets(f"Les repères « {START} » et « {END} » manquent.")
    return f"{before}{START}\n\n{render_sheets()}\n{END}{after}"


def render_sheets() -> str:
    """One section per indicator, in the order of the plan."""
    sheets = read_reference_sheets().sheets
    return "\n".join(_section(row, sheets[row["code"]]) for row in read_csv(INDICATORS))


def _section(row: dict[str, str], sheet: FirstSheet) -> str:
    targets = " · ".join(f"{year} : {row[f'target_{year}'] or '—'}" for year in range(2023, 2028))
    lines = [
        f"### {row['code']}",
        "",
        f"> {row['indicator']}",
        "",
        f"- Plan : axe {row['axis']}, objectif {row['objective']}, {row['level']} "
        f"« {row['result']} »",
        f"- Départ : {row['baseline']} · {targets} · total imprimé : {row['target_total']}",
        f"- Méthode : `{sheet.method}` ({Method(sheet.method).label}){_selection(sheet)}",
        f"- Calcul : {sheet.formula}",
        f"- Source : {sheet.source}",
        f"- Non compté : {sheet.not_counted}",
    ]
    if sheet.note:
        lines.append(f"- Remarque : {sheet.note}")
    return "\n".join([*lines, ""])


def _selection(sheet: FirstSheet) -> str:
    parts = []
    if sheet.topics:
        parts.append("thèmes " + ", ".join(f"`{topic}`" for topic in sheet.topics))
    if sheet.categories:
        parts.append("catégories " + ", ".join(f"`{one}`" for one in sheet.categories))
    if sheet.chain_only:
        parts.append("chaîne pénale seulement")
    return f" ; {' ; '.join(parts)}" if parts else ""
