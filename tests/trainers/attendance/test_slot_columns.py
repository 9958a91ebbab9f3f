import pytest

from trainers.attendance.slot_columns import (
    SlotHeading,
    SlotRef,
    map_slot_columns,
    read_slot_heading,
)

TWO_DAYS = (SlotRef(1, 1, "AM"), SlotRef(2, 1, "PM"), SlotRef(3, 2, "AM"), SlotRef(4, 2, "PM"))


def mapped(*titles, slots=TWO_DAYS):
    headings = {read_slot_heading(title): column for column, title in enumerate(titles)}
    return map_slot_columns(headings, titles, slots)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("J1 matin", SlotHeading(1, "AM")),
        ("J1 après-midi", SlotHeading(1, "PM")),
        ("Jour 2 - après midi", SlotHeading(2, "PM")),
        ("J1 AM", SlotHeading(1, "?")),
        ("J2 PM", SlotHeading(2, "PM")),
        ("J1M", SlotHeading(1, "AM")),
        ("J1AM", SlotHeading(1, "?")),
        ("J1_soir", SlotHeading(1, "PM")),
        ("Matin J1", SlotHeading(1, "AM")),
        ("Après-midi du jour 2", SlotHeading(2, "PM")),
        ("1er jour matin", SlotHeading(1, "AM")),
        ("J1 matin (8h-12h)", SlotHeading(1, "AM")),
        ("JOUR 01", SlotHeading(1)),
        ("Séance 1", SlotHeading(ordinal=1)),
        ("Demi-journée 3", SlotHeading(ordinal=3)),
        ("Demi-journée n° 3", SlotHeading(ordinal=3)),
        ("Lundi matin", None),
        ("Matin", None),
        ("J1 nuit", None),
        ("Observations", None),
    ],
)
def test_slot_heading_is_read(title, expected):
    assert read_slot_heading(title) == expected


def test_slot_columns_go_to_their_day_and_half():
    found = mapped("J2 matin", "J1 matin", "J1 après-midi", "J2 après-midi")
    assert found.positions == {0: (3,), 1: (1,), 2: (2,), 3: (4,)}
    assert (found.errors, found.uncovered) == ((), ())


def test_slot_columns_go_by_order():
    assert mapped("Séance 4", "Séance 1").positions == {0: (4,), 1: (1,)}


def test_slot_column_of_a_day_marks_all_its_half_days():
    assert mapped("Jour 1", "Jour 2").positions == {0: (1, 2), 1: (3, 4)}


def test_slot_columns_am_and_pm_are_morning_and_afternoon():
    assert mapped("J1 AM", "J1 PM").positions == {0: (1,), 1: (2,)}


def test_slot_columns_matin_and_am_are_morning_and_afternoon():
    assert mapped("J1 M", "J1 AM").positions == {0: (1,), 1: (2,)}


def test_slot_column_that_the_session_has_not_is_refused():
    found = mapped("J1 matin", "J3 matin", "Séance 5")
    assert found.errors == (
        (
            "La colonne « J3 matin » ne correspond à aucune demi-journée de la session, "
            "qui en compte 4."
        ),
        (
            "La colonne « Séance 5 » ne correspond à aucune demi-journée de la session, "
            "qui en compte 4."
        ),
    )


def test_slot_columns_that_clash_are_refused():
    assert mapped("J1 matin", "Séance 1").errors == (
        "Les colonnes « J1 matin » et « Séance 1 » disent la même demi-journée.",
    )


def test_slots_without_a_column_are_told():
    assert mapped("J1 matin", "J2 matin").uncovered == (SlotRef(2, 1, "PM"), SlotRef(4, 2, "PM"))
