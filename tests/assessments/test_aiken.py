import pytest

from assessments.aiken import parse_aiken
from assessments.parsed_questions import FileNote, ParsedChoice, ParsedQuestion

QUESTION = """Qui saisit le MRN ?
A. Le juge
B) Toute personne
C. Personne
ANSWER: b
"""


def test_aiken_reads_a_question():
    assert parse_aiken("\n" + QUESTION).questions == (
        ParsedQuestion(
            title="",
            stem="Qui saisit le MRN ?",
            kind="MULTIPLE_CHOICE",
            choices=(
                ParsedChoice("Le juge", False),
                ParsedChoice("Toute personne", True),
                ParsedChoice("Personne", False),
            ),
            general_feedback="",
            line=2,
        ),
    )


def test_aiken_reads_questions_one_after_the_other():
    found = parse_aiken(QUESTION + QUESTION + "\n" + QUESTION)
    assert [question.line for question in found.questions] == [1, 6, 12]
    assert found.errors == ()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Qui ?\nA. a\nB. b", "La ligne « ANSWER: » manque à la fin de cette question."),
        ("Qui ?\nA. a\nANSWER: A", "Il faut au moins deux choix."),
        ("Qui ?\nA. a\nB. b\nANSWER: C", "Aucune bonne réponse n'est indiquée."),
        ("Qui ?\nA. a\nA. b\nANSWER: A", "La ligne « A. b » n'est pas un choix lisible."),
        ("Qui ?\nA. a\nsuite\nB. b\nANSWER: A", "La ligne « suite » n'est pas un choix lisible."),
        ("A. a\nB. b\nANSWER: A", "La question n'a pas d'énoncé."),
    ],
)
def test_aiken_refuses_an_item_in_a_sentence(text, sentence):
    assert parse_aiken(text).errors == (FileNote(1, sentence),)
    assert parse_aiken(text).questions == ()
