import datetime
from typing import Any

import pytest

from trainers.awareness.event_rules import EventShape, odd_points

TODAY = datetime.date(2026, 11, 26)


def shape(code: str = "A", **facts: Any) -> EventShape:
    return EventShape(
        **{
            "code": code,
            "kind": "COMMUNITY_DIALOGUE",
            "territory_id": 1,
            "place_key": "marche",
            "held_on": datetime.date(2026, 11, 19),
            "cells": {("F", "ADULT"): 31, ("M", "ADULT"): 22},
            **facts,
        }
    )


def codes(event: EventShape, *others: EventShape) -> list[str]:
    return [point.code for point in odd_points(event, others, TODAY)]


def test_ordinary_event_raises_no_question() -> None:
    elsewhere = shape("B", territory_id=2, cells={("F", "ADULT"): 5})
    assert codes(shape(), shape(), elsewhere) == []


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"held_on": TODAY}, []),
        ({"held_on": datetime.date(2026, 11, 27)}, ["FUTURE_DATE"]),
        ({"answers": (53, 53)}, []),
        ({"answers": (54, None)}, ["ANSWERS_BEFORE_BEYOND_PEOPLE"]),
        ({"answers": (None, 54)}, ["ANSWERS_AFTER_BEYOND_PEOPLE"]),
        ({"cells": {("F", "ADULT"): 501}}, ["LARGE_CROWD"]),
        ({"cells": {("F", "ADULT"): 501}, "kind": "CAMPAIGN"}, []),
        ({"cells": {("F", "ADULT"): 20_001}, "kind": "WORLD_DAY"}, ["LARGE_CROWD"]),
        ({"cells": {("F", "ADULT"): 30, ("M", "ADULT"): 20}}, ["ROUND_NUMBERS"]),
        ({"cells": {("F", "ADULT"): 20, ("M", "ADULT"): 20}}, []),  # under fifty
        ({"cells": {("F", "ADULT"): 60}}, []),  # one number may be round by chance
    ],
)
def test_question_is_asked_where_it_should(facts: dict[str, Any], expected: list[str]) -> None:
    assert codes(shape(**facts)) == expected


def test_same_place_and_day_and_same_numbers_are_told_apart() -> None:
    event = shape()
    same_day = shape("B", cells={("F", "ADULT"): 12})
    same_numbers = shape("C", held_on=datetime.date(2026, 10, 1))
    long_before = shape("D", held_on=datetime.date(2026, 1, 1))

    points = odd_points(event, [same_day, same_numbers, long_before], TODAY)

    assert [(point.code, point.other) for point in points] == [
        ("SAME_PLACE_AND_DAY", "B"),
        ("REPEATED_NUMBERS", "C"),
    ]
