"""The frozen test forms of a curriculum as its folder writes them. Reads only."""

from assessments.models import FormItem, TestForm
from courses.form_files import ParsedChoice, ParsedForm, ParsedItem
from courses.models import CurriculumPage


def forms_of(curriculum: CurriculumPage) -> tuple[ParsedForm, ...]:
    """Return the forms frozen in the curriculum's banks, by code; three queries."""
    forms = TestForm.objects.filter(bank__curriculum=curriculum).order_by("letter", "code")
    return tuple(
        ParsedForm(
            code=form.code,
            title=form.title,
            parallel_group=form.parallel_group,
            letter=form.letter,
            mastery=form.mastery,
            items=tuple(_item(item) for item in _in_order(form)),
        )
        for form in forms.prefetch_related("items__question")
    )


def withdrawn_codes(curriculum: CurriculumPage) -> list[str]:
    """Codes of the items withdrawn from a score: a folder holds their words, not the withdrawal."""
    items = FormItem.objects.filter(form__bank__curriculum=curriculum).exclude(withdrawn_at=None)
    return list(items.order_by("question__code").values_list("question__code", flat=True))


def _in_order(form: TestForm) -> list[FormItem]:
    return sorted(form.items.all(), key=lambda item: item.position)


def _item(item: FormItem) -> ParsedItem:
    return ParsedItem(
        code=item.question.code,
        lesson=item.question.lesson,
        objective=item.question.objective,
        stem=item.stem,
        choices=tuple(
            ParsedChoice(choice["text"], choice["is_correct"], choice["feedback"])
            for choice in item.choices
        ),
    )
