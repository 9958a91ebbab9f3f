import itertools

import pytest

from trainers.staffing.answers import answer_refusal, call_refusal

STATES = ("", "INVITED", "APPLIED", "ACCEPTED", "DECLINED", "WITHDRAWN")


def test_each_side_may_say_this_and_no_more() -> None:
    allowed = {
        (current, wanted, asker)
        for current, wanted in itertools.product(STATES, STATES)
        for asker in ("TRAINER", "ORGANISER")
        if not answer_refusal(current, wanted, asker=asker)
    }
    assert allowed == {
        ("", "INVITED", "ORGANISER"),
        ("", "APPLIED", "TRAINER"),
        ("INVITED", "ACCEPTED", "TRAINER"),
        ("INVITED", "DECLINED", "TRAINER"),
        ("INVITED", "WITHDRAWN", "ORGANISER"),
        ("APPLIED", "ACCEPTED", "ORGANISER"),
        ("APPLIED", "DECLINED", "ORGANISER"),
        ("APPLIED", "WITHDRAWN", "TRAINER"),
        ("ACCEPTED", "WITHDRAWN", "ORGANISER"),
        ("DECLINED", "INVITED", "ORGANISER"),
        ("WITHDRAWN", "INVITED", "ORGANISER"),
        ("WITHDRAWN", "APPLIED", "TRAINER"),
    }


@pytest.mark.parametrize(
    ("current", "wanted", "asker", "sentence"),
    [
        ("DECLINED", "ACCEPTED", "TRAINER", "Cette demande a déjà reçu une réponse."),
        ("WITHDRAWN", "ACCEPTED", "TRAINER", "Cette demande a été retirée."),
        ("APPLIED", "ACCEPTED", "TRAINER", "Ce n'est pas à vous de répondre à cette demande."),
    ],
)
def test_refused_answer_says_why(current: str, wanted: str, asker: str, sentence: str) -> None:
    assert answer_refusal(current, wanted, asker=asker) == sentence


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, ""),
        ({"is_open": False}, "Cet appel est clos."),
        (
            {"is_suspended": True},
            "Votre inscription au répertoire est suspendue : écrivez au comité.",
        ),
        (
            {"is_qualified": False},
            "Cet appel demande une habilitation valable pendant toute la session.",
        ),
    ],
)
def test_call_takes_qualified_trainers_until_it_closes(facts: dict, expected: str) -> None:
    right = {"is_open": True, "is_qualified": True, "is_suspended": False}
    assert call_refusal(**right | facts) == expected
