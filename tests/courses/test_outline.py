from dataclasses import dataclass

import pytest

from courses.outline import Outline, build_outline, hours_text, short_list


@dataclass
class FakePage:
    pk: int
    path: str
    title: str = "Titre"
    minutes: int = 5
    steplen: int = 4


def outline(done: set[int]) -> Outline:
    modules = [FakePage(1, "00010001"), FakePage(2, "00010002")]
    lessons = [
        FakePage(11, "000100010001"),
        FakePage(12, "000100010002", minutes=6),
        FakePage(21, "000100020001", minutes=4),
    ]
    return build_outline(
        modules, lessons, done=done, url=lambda page: f"/{page.pk}/", summary=lambda page: "Résumé"
    )


def test_outline_numbers_lessons_within_their_module() -> None:
    built = outline(set())

    assert [(e.module_number, e.number, e.pk, e.url) for e in built.lessons] == [
        (1, 1, 11, "/11/"),
        (1, 2, 12, "/12/"),
        (2, 1, 21, "/21/"),
    ]
    assert [module.minutes for module in built.modules] == [11, 4]
    assert built.minutes == 15


def test_outline_of_somebody_who_has_not_started_has_no_current_lesson() -> None:
    built = outline(set())

    assert [entry.state for entry in built.lessons] == ["todo", "todo", "todo"]
    assert (built.done, built.percent, built.next_lesson.pk) == (0, 0, 11)


def test_outline_marks_what_is_read_and_where_to_go_on() -> None:
    built = outline({11})

    assert [entry.state for entry in built.lessons] == ["done", "current", "todo"]
    assert (built.done, built.percent, built.next_lesson.pk) == (1, 33, 12)


def test_outline_of_somebody_who_read_everything_is_at_100_percent() -> None:
    built = outline({11, 12, 21})

    assert (built.percent, built.next_lesson) == (100, None)


def test_outline_knows_the_lessons_around_one_across_modules() -> None:
    built = outline(set())

    assert [entry and entry.pk for entry in built.around(12)] == [11, 21]
    assert [entry and entry.pk for entry in built.around(11)] == [None, 12]
    assert built.around(99) == (None, None)


def test_outline_without_module_is_empty() -> None:
    built = build_outline([], [], done=set(), url=str, summary=str)

    assert (built.modules, built.percent, built.next_lesson) == ((), 0, None)


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (45, "45\u00a0min"),
        (840, "14\u00a0h"),
        (1050, "17\u00a0h\u00a030"),
        (65, "1\u00a0h\u00a005"),
    ],
)
def test_hours_text_says_hours_and_minutes(minutes: int, text: str) -> None:
    assert hours_text(minutes) == text


def test_short_list_counts_what_it_leaves_out() -> None:
    assert short_list(["a", "b", "c", "d", "e"]) == ("a, b, c", 2)
    assert short_list(["a", "b"]) == ("a, b", 0)
