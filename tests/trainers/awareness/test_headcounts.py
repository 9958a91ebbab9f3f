from trainers.awareness.headcounts import grid_of, total_of


def test_grid_adds_up_both_ways() -> None:
    grid = grid_of(
        {("F", "ADULT"): 46, ("F", "UNDER_18"): 9, ("M", "UNKNOWN"): 2, ("", "UNKNOWN"): 4}
    )

    assert [(row.sex, row.people, row.total) for row in grid.rows] == [
        ("F", (46, 9, 0), 55),
        ("M", (0, 0, 2), 2),
        ("", (0, 0, 4), 4),
    ]
    assert grid.columns == (46, 9, 6)
    assert grid.total == sum(grid.columns) == sum(row.total for row in grid.rows) == 61


def test_grid_of_nobody_is_zero() -> None:
    assert grid_of({}).total == total_of({}) == 0
