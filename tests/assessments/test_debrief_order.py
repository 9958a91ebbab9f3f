"""The order in which a trainer discusses the questions."""

from assessments.debrief_order import ItemOutcome, acquired, to_discuss


def item(label: str, *, pre: int, post: int, wrong: int = 0, n: int = 10) -> ItemOutcome:
    facts = {"right_pre": pre, "right_post": post, "n_pre": n, "n_post": n, "wrong_count": wrong}
    return ItemOutcome(label, "Énoncé", "Juste", **facts)  # type: ignore[arg-type]


def test_the_least_known_question_comes_first_and_known_ones_are_left_out() -> None:
    items = [item("A1", pre=2, post=9), item("A2", pre=2, post=6), item("A3", pre=2, post=3)]

    assert [one.label for one in to_discuss(items)] == ["A3", "A2"]
    assert [one.label for one in acquired(items)] == ["A1"]


def test_among_equals_a_fall_comes_first_then_the_error_most_shared() -> None:
    items = [
        item("A1", pre=3, post=5, wrong=2),
        item("A2", pre=3, post=5, wrong=5),
        item("A3", pre=7, post=5, wrong=1),
    ]

    assert [one.label for one in to_discuss(items)] == ["A3", "A2", "A1"]
    assert [one.has_declined for one in items] == [False, False, True]


def test_a_question_nobody_took_after_is_not_discussed() -> None:
    alone = ItemOutcome("A1", "Énoncé", "Juste", right_pre=1, n_pre=4, right_post=0, n_post=0)

    assert (to_discuss([alone]), acquired([alone]), alone.share_post) == ([], [], None)
