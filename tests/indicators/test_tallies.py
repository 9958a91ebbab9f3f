from indicators.tallies import Counted, Dimension, Item, Pending, Shape, Tally

SESSION, OTHER = Pending("session", 1), Pending("session", 2)


def item(person: int, *, part: int = 1, sex: str = "F", record: Pending = SESSION) -> Item:
    return Item(
        part=part,
        whole=1,
        is_validated=record == SESSION,
        record=record,
        sex=sex,
        participation_id=person * 10 + record.id,
        person_id=person,
    )


def counted(*items: Item, shape: Shape = Shape.COUNT) -> Counted:
    return Counted(shape=shape, items=items, dimensions=(Dimension.SEX,), is_named=True)


def test_tally_recounts_a_person_who_came_twice() -> None:
    figure = counted(item(1), item(1, record=OTHER), item(2))

    assert figure.tally() == Tally(
        value=3, participations=3, unique_persons=2, numerator=3, denominator=3
    )


def test_validated_tally_leaves_out_what_awaits_validation() -> None:
    figure = counted(item(1), item(1, record=OTHER), item(2, record=OTHER))

    assert figure.validated_tally().value == 1
    assert figure.pending_records() == 1


def test_share_is_in_percent_and_none_without_anybody() -> None:
    figure = counted(item(1), item(2, part=0), item(3, part=0), shape=Shape.SHARE)

    assert figure.tally().value == 100 / 3
    assert figure.tally().participations == 3
    assert counted(shape=Shape.SHARE).tally().value is None
    assert counted().tally().value == 0


def test_cells_add_up_to_the_participations_but_persons_are_recounted() -> None:
    figure = counted(item(1), item(1, sex="", record=OTHER), item(2, sex="M"))

    cells = {cell.code: cell.all for cell in figure.cells(Dimension.SEX)}

    assert {code: tally.participations for code, tally in cells.items()} == {"": 1, "F": 1, "M": 1}
    assert sum(tally.unique_persons or 0 for tally in cells.values()) == 3
    assert figure.tally().unique_persons == 2


def test_cells_are_empty_in_a_dimension_without_meaning() -> None:
    assert counted(item(1)).cells(Dimension.REGION) == []
