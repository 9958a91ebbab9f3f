"""Freeze a version of a test, and withdraw an item that turned out to be bad.

A frozen form copies its questions word for word; nothing about it changes afterwards, except that
an item may be withdrawn with a reason, which rescores every copy (domain §4).
"""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from assessments.attempts import rescore_copies
from assessments.guessing import GuessableForm, refuse_if_guessable
from assessments.models import FormItem, Question, QuestionBank, TestForm

MAX_CODE = 60


class FormRefused(ValueError):
    """The form cannot be frozen; the text is a French sentence that says why."""


class ItemNotWithdrawn(ValueError):
    """The item stays in its form; the text is a French sentence that says why."""


@transaction.atomic
def freeze_form(
    *,
    code: str,
    bank: QuestionBank,
    questions: Sequence[Question],
    title: str = "",
    parallel_group: str = "",
    letter: str = "",
    mastery: int = 70,
) -> TestForm:
    """Freeze `questions`, in that order, as the form `code`; `mastery` is in percent of the items.

    The parallel group is the form's own code unless given. The same code with the same content is
    the same form. Raises FormRefused for other content under a known code, for an empty form, and
    for one that more than 5 % of people would pass by guessing.
    """
    contents = [_content(question) for question in questions]
    sha256 = _fingerprint(contents, mastery)
    known = TestForm.objects.filter(code=code).first()
    if known:
        return _same_or_refuse(known, sha256)
    _refuse_unfit_code(code)
    _refuse_if_unusable(contents, mastery)
    form = TestForm.objects.create(
        code=code,
        title=title or code,
        bank=bank,
        parallel_group=parallel_group or code,
        letter=letter,
        mastery=mastery,
        sha256=sha256,
        frozen_at=timezone.now(),
    )
    FormItem.objects.bulk_create(
        FormItem(form=form, position=position, question=question, **content)
        for position, (question, content) in enumerate(
            zip(questions, contents, strict=True), start=1
        )
    )
    return form


@transaction.atomic
def withdraw_item(*, item: FormItem, reason: str, by: User | None) -> int:
    """Take an item out of the score of every copy of its form; return how many copies moved.

    The item stays in the form with its date, its author and the reason. Withdrawing it twice
    changes nothing. Raises ItemNotWithdrawn without a reason, or when no item would be left.
    """
    if not reason.strip():
        raise ItemNotWithdrawn(_("Donnez le motif du retrait : il reste dans la trace."))
    TestForm.objects.select_for_update().get(pk=item.form_id)
    item = FormItem.objects.get(pk=item.pk)
    if item.withdrawn_at:
        return 0
    if not item.form.items.filter(withdrawn_at=None).exclude(pk=item.pk).exists():
        raise ItemNotWithdrawn(_("C'est le dernier item compté de ce test : il ne se retire pas."))
    item.withdrawn_at = timezone.now()
    item.withdrawal_reason = reason.strip()
    item.withdrawn_by = by
    item.save(update_fields=["withdrawn_at", "withdrawal_reason", "withdrawn_by"])
    return rescore_copies(form=item.form)


def _content(question: Question) -> dict[str, Any]:
    """The words of a question as they are frozen in an item."""
    choices = sorted(question.choices.all(), key=lambda choice: choice.position)
    return {
        "stem": question.stem,
        "choices": [
            {"text": choice.text, "is_correct": choice.is_correct, "feedback": choice.feedback}
            for choice in choices
        ],
    }


def _fingerprint(contents: Sequence[dict[str, Any]], mastery: int) -> str:
    frozen = json.dumps([mastery, *contents], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(frozen.encode()).hexdigest()


def _same_or_refuse(known: TestForm, sha256: str) -> TestForm:
    if known.sha256 != sha256:
        raise FormRefused(
            _(
                "Le formulaire « %(code)s » est déjà figé avec un autre contenu : "
                "donnez un autre code."
            )
            % {"code": known.code}
        )
    return known


def _refuse_unfit_code(code: str) -> None:
    if not code.strip() or len(code) > MAX_CODE:
        raise FormRefused(
            _("Le code de formulaire « %(code)s » ne convient pas : 60 caractères au plus.")
            % {"code": code}
        )


def _refuse_if_unusable(contents: Sequence[dict[str, Any]], mastery: int) -> None:
    if not contents:
        raise FormRefused(_("Un formulaire de test a besoin d'au moins une question."))
    for position, content in enumerate(contents, start=1):
        if sum(choice["is_correct"] for choice in content["choices"]) != 1:
            raise FormRefused(
                _("La question %(n)s n'a pas une bonne réponse et une seule.") % {"n": position}
            )
    try:
        refuse_if_guessable([len(content["choices"]) for content in contents], mastery)
    except GuessableForm as refusal:
        raise FormRefused(str(refusal)) from refusal
