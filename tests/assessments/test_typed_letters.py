"""A paper copy typed as one line of letters."""

import pytest

from assessments.typed_letters import TypedCopyRefused, as_typed, read_typed_copy

FIVE = ["ABCD"] * 5


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("ABCDA", ("A", "B", "C", "D", "A")),
        ("abcda", ("A", "B", "C", "D", "A")),
        (" AB CD\u00a0A ", ("A", "B", "C", "D", "A")),
        ("A,B;C/D|A", ("A", "B", "C", "D", "A")),
        ("A.C-A", ("A", None, "C", None, "A")),
    ],
)
def test_a_line_of_letters_is_read(text: str, read: tuple[str | None, ...]) -> None:
    assert read_typed_copy(text, FIVE) == read


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "ABCD",
            "4 réponses pour 5 questions : tapez un point pour une question sans réponse.",
        ),
        ("A", "1 réponse pour 5 questions : tapez un point pour une question sans réponse."),
        ("ABEDA", "Question 3 : « E » n'est pas une lettre de A à D."),
        (
            "EEEEE",
            "Question 1 : « E » n'est pas une lettre de A à D. "
            "Question 2 : « E » n'est pas une lettre de A à D. "
            "Question 3 : « E » n'est pas une lettre de A à D. Et 2 autres.",
        ),
    ],
)
def test_a_line_that_is_no_copy_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(TypedCopyRefused) as refusal:
        read_typed_copy(text, FIVE)

    assert str(refusal.value) == sentence


def test_a_true_or_false_item_has_two_letters() -> None:
    with pytest.raises(TypedCopyRefused, match="Question 1 : « C » n'est pas une lettre de A à B"):
        read_typed_copy("CA", ["AB", "ABCD"])


def test_a_copy_is_written_as_it_is_typed() -> None:
    assert as_typed(["A", None, "D"]) == "A.D"
    assert read_typed_copy(as_typed(["A", None, "D"]), ["ABCD"] * 3) == ("A", None, "D")
