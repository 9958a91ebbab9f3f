import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.gift import parse_gift
from assessments.parsed_questions import FileNote, ParsedChoice, ParsedQuestion

CAPITAL = """// Une remarque
$CATEGORY: traite/module 1

::Q1:: Capitale du Mali ? {
\t=Bamako#Oui.
\t~Ségou#Non, c'est une région.
\t~Gao
\t####Voir la leçon 1.
}
"""


def only(text):
    """The single question of a text without refusal."""
    found = parse_gift(text)
    assert found.errors == ()
    (question,) = found.questions
    return question


def refusals(text):
    found = parse_gift(text)
    assert found.questions == ()
    return [note.sentence for note in found.errors]


def test_gift_reads_a_multiple_choice():
    found = parse_gift(CAPITAL)
    assert found.questions == (
        ParsedQuestion(
            title="Q1",
            stem="Capitale du Mali ?",
            kind="MULTIPLE_CHOICE",
            choices=(
                ParsedChoice("Bamako", True, "Oui."),
                ParsedChoice("Ségou", False, "Non, c'est une région."),
                ParsedChoice("Gao", False),
            ),
            general_feedback="Voir la leçon 1.",
            line=4,
        ),
    )
    assert found.ignored == (FileNote(2, "Catégorie laissée de côté : $CATEGORY: traite/module 1"),)


def test_gift_reads_answers_on_one_line():
    question = only("Deux et deux ? {~3 =4 ~5}")
    assert [(choice.text, choice.is_correct) for choice in question.choices] == [
        ("3", False),
        ("4", True),
        ("5", False),
    ]
    assert question.title == ""


@pytest.mark.parametrize(
    ("answers", "right"),
    [("T", "Vrai"), ("TRUE", "Vrai"), ("vrai", "Vrai"), ("F", "Faux"), ("FAUX", "Faux")],
)
def test_gift_reads_true_or_false(answers, right):
    question = only(f"La victime est une personne. {{{answers}}}")
    assert question.kind == "TRUE_FALSE"
    assert [choice.text for choice in question.choices] == ["Vrai", "Faux"]
    assert [choice.text for choice in question.choices if choice.is_correct] == [right]


def test_gift_true_or_false_gives_the_wrong_comment_first():
    assert only("Énoncé {F#Relisez.#Bravo.####Leçon 2.}").choices == (
        ParsedChoice("Vrai", False, "Relisez."),
        ParsedChoice("Faux", True, "Bravo."),
    )
    assert only("Énoncé {T#Relisez.#Bravo.}").choices == (
        ParsedChoice("Vrai", True, "Bravo."),
        ParsedChoice("Faux", False, "Relisez."),
    )


def test_gift_shows_escaped_characters():
    question = only(r"::A\:B:: Article 7 \{loi\} \= 5\~10 ans \# a\nb {=a\=b ~c\~d\\ ~50\%}")
    assert question.title == "A:B"
    assert question.stem == "Article 7 {loi} = 5~10 ans # a\nb"
    assert [choice.text for choice in question.choices] == ["a=b", "c~d\\", "50%"]


@pytest.mark.parametrize(
    ("mark", "text_format"),
    [("[html]", "html"), ("[markdown]", "markdown"), ("[plain]", "plain"), ("[moodle]", "plain")],
)
def test_gift_keeps_the_format_of_the_text(mark, text_format):
    question = only(f"::T::{mark}<p>Qui ?</p> {{=[html]a ~b}}")
    assert (question.stem, question.text_format) == ("<p>Qui ?</p>", text_format)
    assert question.choices[0].text == "a"


def test_gift_shows_a_missing_word():
    question = only("La loi {=2012-023 ~2011-036} punit la traite.")
    assert question.stem == "La loi _____ punit la traite."


def test_gift_takes_a_full_weight_as_right():
    question = only("Qui ? {~%100%le juge ~%0%le maire ~le voisin}")
    assert [choice.is_correct for choice in question.choices] == [True, False, False]


@pytest.mark.parametrize(
    ("item", "sentence"),
    [
        ("Racontez. {}", "Type non pris en charge (réponse rédigée)."),
        ("Combien ? {#159:1}", "Type non pris en charge (réponse numérique)."),
        ("Reliez. {=a -> 1 =b -> 2 =c -> 3}", "Type non pris en charge (appariement)."),
        ("Qui ? {=le juge =la juge}", "Type non pris en charge (réponse courte)."),
        ("Un simple texte.", "Type non pris en charge (texte sans réponses)."),
        (
            "A {=a ~b} et B {=a ~b}",
            "Type non pris en charge (plusieurs groupes de réponses).",
        ),
        (
            "Qui ? {~%50%a ~%50%b ~c}",
            (
                "Réponses multiples ou partielles (poids 50 %) : type non pris en charge, "
                "gardez une seule bonne réponse."
            ),
        ),
        (
            "Qui ? {=a ~%-25%b}",
            (
                "Réponses multiples ou partielles (poids -25 %) : type non pris en charge, "
                "gardez une seule bonne réponse."
            ),
        ),
        ("Qui ? {=a =b ~c}", "Plusieurs bonnes réponses : ce type n'est pas pris en charge."),
        ("Qui ? {~a ~b}", "Aucune bonne réponse n'est indiquée."),
        ("Qui ? {=a ~}", "Un des choix est vide."),
        ("Qui ? {=a ~a}", "Deux choix sont identiques."),
        ("{=a ~b}", "La question n'a pas d'énoncé."),
        ("Qui ? {=a ~b", "Une accolade manque : les réponses se mettent entre { et }."),
        ("Qui ? }a{", "Une accolade manque : les réponses se mettent entre { et }."),
        (
            "Qui ? {a ~b}",
            "Les réponses doivent commencer par = (juste) ou ~ (fausse).",
        ),
    ],
)
def test_gift_refuses_an_item_in_a_sentence(item, sentence):
    assert refusals(item) == [sentence]


def test_gift_refusal_tells_the_line_and_the_rest_is_read():
    found = parse_gift("::A:: Un ? {=1 ~2}\n\n\n::B:: Racontez. {}\n\n::C:: Trois ? {=3 ~4}\n")
    assert [(question.title, question.line) for question in found.questions] == [("A", 1), ("C", 6)]
    assert found.errors == (FileNote(4, "Type non pris en charge (réponse rédigée)."),)


def test_gift_forgotten_brace_does_not_swallow_the_next_question():
    found = parse_gift("::A:: Un ? {=1 ~2\n\n::B:: Deux ? {=2 ~3}")
    assert [question.title for question in found.questions] == ["B"]
    assert [note.line for note in found.errors] == [1]


def test_gift_reads_answers_parted_by_blank_lines_and_comments():
    question = only("Un ? {\n\n=1\n// remarque\n\n~2\n}")
    assert [choice.text for choice in question.choices] == ["1", "2"]


def test_gift_reads_titled_questions_without_a_blank_line():
    found = parse_gift("\ufeff::A:: Un ? {=1 ~2}\n::B:: Deux ? {\n=2\n~3\n}\n::C:: Trois ? {T}")
    assert [question.title for question in found.questions] == ["A", "B", "C"]


def test_gift_of_nothing_is_empty():
    found = parse_gift("\n// rien\n")
    assert (found.questions, found.errors, found.ignored) == ((), (), ())


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet="a:{}=~#%\\n[]T5 \n/$->"))
def test_gift_never_fails_on_odd_text(text):
    for question in parse_gift(text).questions:
        assert sum(choice.is_correct for choice in question.choices) == 1


@settings(deadline=None)
@given(st.text(alphabet="aé~=#{}:% <>").map(str.strip).filter(bool))
def test_gift_gives_escaped_text_back(text):
    escaped = "".join(f"\\{char}" if char in "~=#{}:%" else char for char in text)
    question = only(f"::t:: x{escaped} {{=y{escaped} ~z}}")
    assert (question.stem, question.choices[0].text) == (f"x{text}", f"y{text}")
