"""Workbooks such as the field sends them, so that the demo world goes through the real imports."""

import io
import random
from collections.abc import Sequence

from openpyxl import Workbook

from elearning.demo.people import DemoPerson, written_phone

HEADINGS = ("N°", "Nom", "Prénom", "Sexe (M/F)", "Téléphone", "Structure", "Profession", "Région")


def _content(rows: Sequence[Sequence[object]], *, title: str) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def slot_headings(count: int) -> list[str]:
    """J1 matin, J1 après-midi, J2 matin…"""
    return [
        f"J{position // 2 + 1} {'après-midi' if position % 2 else 'matin'}"
        for position in range(count)
    ]


def attendance_workbook(
    draw: random.Random,
    *,
    code: str,
    people: Sequence[DemoPerson],
    presence: Sequence[Sequence[bool]],
    slots: int,
) -> bytes:
    """A title row, a blank one, headings, then one person a line, some names inverted."""
    rows: list[Sequence[object]] = [
        [f"LISTE DE PRÉSENCE - session {code} (démonstration)"],
        [],
        [*HEADINGS, *slot_headings(slots)],
    ]
    for rank, (person, marks) in enumerate(zip(people, presence, strict=True), start=1):
        names = [person.family_name, person.given_name]
        if draw.random() < 0.08:
            names.reverse()
        rows.append(
            [
                rank,
                *names,
                person.sex if draw.random() < 0.8 else person.sex.lower(),
                written_phone(draw, person.phone),
                person.organization,
                person.profession_name,
                person.region_name,
                *("x" if mark else None for mark in marks),
            ]
        )
    return _content(rows, title="Liste de présence")


def results_workbook(
    draw: random.Random, *, copies: Sequence[tuple[DemoPerson, Sequence[str]]], items: int
) -> bytes:
    """One copy a line, in the order in which the papers came back."""
    rows: list[Sequence[object]] = [
        ["Téléphone", "Nom", "Prénom", *(f"Q{item}" for item in range(1, items + 1))]
    ]
    shuffled = list(copies)
    draw.shuffle(shuffled)
    rows += [
        [written_phone(draw, person.phone), person.family_name, person.given_name, *sheet]
        for person, sheet in shuffled
    ]
    return _content(rows, title="Résultats")
