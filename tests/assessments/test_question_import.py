"""A file of questions goes into a bank whole, once, or not at all."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from assessments.models import FormItem, Question, QuestionBank, TestForm
from assessments.question_import import (
    QuestionsRefused,
    detect_format,
    import_questions,
    plain_text,
)

pytestmark = pytest.mark.django_db

ONE = "::Q1:: Qui alerter ? {\n=La brigade # Oui.\n~Personne # Non.\n~Le voisin\n~Le car\n}"
TWO = "::Q2:: La traite est un crime. {T}"
AIKEN = "Qui alerter ?\nA. La brigade\nB. Personne\nANSWER: A\n"


def take(text: str = f"{ONE}\n\n{TWO}", **more: object) -> object:
    return import_questions(text=text, bank_code="banque", **more)


def test_a_file_makes_its_bank_and_its_questions() -> None:
    report = take()

    assert (report.format, report.read, report.created, report.unchanged) == ("gift", 2, 2, 0)
    first, second = Question.objects.order_by("position")
    assert (first.code, first.stem, first.kind) == ("Q1", "Qui alerter ?", "MULTIPLE_CHOICE")
    assert list(
        first.choices.order_by("position").values_list("text", "is_correct", "feedback")
    ) == [
        ("La brigade", True, "Oui."),
        ("Personne", False, "Non."),
        ("Le voisin", False, ""),
        ("Le car", False, ""),
    ]
    assert (second.kind, second.position) == ("TRUE_FALSE", 2)


def test_the_same_file_twice_changes_nothing() -> None:
    take()

    report = take()

    assert (report.created, report.unchanged) == (0, 2)
    assert Question.objects.count() == 2


def test_a_title_taken_by_another_question_overwrites_nothing() -> None:
    take(ONE)
    take(ONE.replace("Qui alerter", "Qui prévenir"))
    report = take(ONE.replace("Qui alerter", "Qui prévenir"))

    assert report.created == 0
    stems = Question.objects.order_by("position").values_list("stem", flat=True)
    assert list(stems) == ["Qui alerter ?", "Qui prévenir ?"]
    codes = list(Question.objects.order_by("position").values_list("code", flat=True))
    assert codes[0] == "Q1"
    assert codes[1].startswith("Q1~")


def test_questions_without_title_are_recognised() -> None:
    take(AIKEN)

    assert take(AIKEN).unchanged == 1


def test_a_form_is_frozen_in_file_order() -> None:
    report = take(many(10), form_code="forme")

    assert report.form_code == "forme"
    items = FormItem.objects.filter(form__code="forme").order_by("position")
    assert [item.stem for item in items] == [f"Question {n} ?" for n in range(10, 0, -1)]


def many(count: int) -> str:
    return "\n\n".join(
        f"::Q{n}:: Question {n} ? {{\n=juste\n~a\n~b\n~c\n}}" for n in range(count, 0, -1)
    )


def test_one_bad_question_refuses_the_file_with_its_line() -> None:
    with pytest.raises(QuestionsRefused) as refusal:
        take(f"{ONE}\n\n::Q3:: Racontez. {{}}")

    assert str(refusal.value) == (
        "1 question(s) refusée(s), rien n'est importé. Ligne 8 : "
        "Type non pris en charge (réponse rédigée)."
    )
    assert QuestionBank.objects.count() == 0


def test_the_same_question_twice_in_a_file_is_refused() -> None:
    with pytest.raises(QuestionsRefused, match="Même question qu'à la ligne 1"):
        take(f"{ONE}\n\n{ONE}")


def test_a_form_that_guessing_passes_leaves_nothing_behind() -> None:
    with pytest.raises(QuestionsRefused, match="au hasard"):
        take(form_code="forme")

    assert (QuestionBank.objects.count(), TestForm.objects.count()) == (0, 0)


def test_a_dry_run_says_the_same_and_writes_nothing() -> None:
    report = take(many(10), form_code="forme", dry_run=True)

    assert (report.read, report.created, report.form_code) == (10, 10, "forme")
    assert (QuestionBank.objects.count(), TestForm.objects.count()) == (0, 0)


def test_moodle_xml_is_refused_in_one_sentence() -> None:
    with pytest.raises(QuestionsRefused, match="Moodle XML n'est pas encore lu"):
        take("<?xml version='1.0'?><quiz></quiz>")


@pytest.mark.parametrize("code", ["", "deux mots", "é", "x" * 61])
def test_an_unfit_bank_code_is_refused(code: str) -> None:
    with pytest.raises(QuestionsRefused, match="ne convient pas"):
        import_questions(text=ONE, bank_code=code)


@pytest.mark.parametrize(
    ("text", "found"),
    [(ONE, "gift"), (AIKEN, "aiken"), ("\ufeff<quiz/>", "moodlexml"), ("", "gift")],
)
def test_detect_format(text: str, found: str) -> None:
    assert detect_format(text) == found


def test_html_becomes_words() -> None:
    assert plain_text("<p>Un &amp; <b>deux</b></p><p>trois<br>quatre</p>", "html") == (
        "Un & deux\ntrois\nquatre"
    )
    assert plain_text("a < b", "plain") == "a < b"


def test_html_never_brings_a_script() -> None:
    take("::X:: [html]<p>Qui ?<script>alert(1)</script></p> {=<b>Un</b> ~Deux}")

    question = Question.objects.get()
    assert question.stem == "Qui ?"
    assert question.choices.get(position=1).text == "Un"


def test_the_command_prints_every_refusal_and_one_error_line(tmp_path: Path) -> None:
    file = tmp_path / "questions.gift"
    file.write_text("::A:: Un ? {}\n\n::B:: Deux ? {#3}", encoding="utf-8")
    stderr = StringIO()

    with pytest.raises(CommandError, match=r"^2 question\(s\) refusée\(s\)"):
        call_command("import_questions", str(file), "--bank", "b", stderr=stderr)

    assert stderr.getvalue() == "Ligne 3 : Type non pris en charge (réponse numérique).\n"


def test_the_command_writes_json(tmp_path: Path) -> None:
    file = tmp_path / "questions.txt"
    file.write_text(AIKEN, encoding="utf-8")
    out = StringIO()

    call_command("import_questions", str(file), "--bank", "b", "--dry-run", "--json", stdout=out)

    assert json.loads(out.getvalue()) == {
        "format": "aiken",
        "bank": "b",
        "form": None,
        "questions": 1,
        "created": 1,
        "unchanged": 0,
        "ignored": [],
        "dry_run": True,
    }


def test_the_command_refuses_a_missing_file() -> None:
    with pytest.raises(CommandError, match="Impossible de lire"):
        call_command("import_questions", "/nulle/part.gift", "--bank", "b")
