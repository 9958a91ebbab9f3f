"""What the tests of a session say: who took them, the gain, the items (domain §4). Only reads."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from assessments.enums import Occasion
from assessments.form_key import key_of_items
from assessments.gain import INCONCLUSIVE, Gain, summarise
from assessments.item_analysis import ItemAnalysis, analyse, distractors
from assessments.models import Attempt, FormItem, TestForm
from assessments.pairing import Pairing, pair
from trainers.enums import LadderStatus
from trainers.models import Participation, TrainingSession
from trainers.models.participations import TRAINED_OR_MORE
from trainers.sessions.checks import has_tests
from trainers.sessions.red_flags import red_flags
from trainers.sessions.validation import missing_evidence

NOT_STATED = "non-renseigne"
HIDDEN_FIGURES = tuple(
    one.name for one in fields(Gain) if one.name not in {"n_paired", "verdict", "verdict_reason"}
)


@dataclass(frozen=True)
class GainReport:
    """How many took each test, how many are paired, and what they learned.

    `n_not_parallel` counts people whose two tests cannot be compared. When `is_shown` is false no
    gain is shown: its figures are None and its verdict says why.
    """

    pairing: Pairing
    gain: Gain
    n_not_parallel: int
    is_shown: bool


@dataclass(frozen=True)
class ItemFigures:
    """One item on the copies analysed. `difficulty` is the share of right answers, 0 to 1."""

    position: int
    code: str
    stem: str
    right_letter: str
    difficulty: float | None
    discrimination: float | None
    distractors: Mapping[str, int]
    flags: tuple[str, ...]


@dataclass(frozen=True)
class FormAnalysis:
    """The analysis of one form on one occasion; withdrawn items are left out and listed."""

    form: TestForm
    occasion: str
    analysis: ItemAnalysis
    items: tuple[ItemFigures, ...]
    withdrawn_positions: tuple[int, ...]


def knowledge_gain(scope: TrainingSession | QuerySet[Participation]) -> GainReport:
    """The paired gain of a session, or of any set of participations.

    Tests that are neither the same form nor parallel forms are never paired. In one session they
    forbid any gain; over many sessions those people count as unpaired.
    """
    attempts = Attempt.objects.submitted().filter(occasion__in=(Occasion.PRE, Occasion.POST))
    is_one_session = isinstance(scope, TrainingSession)
    if isinstance(scope, TrainingSession):
        attempts = attempts.filter(participation__session=scope)
    else:
        attempts = attempts.filter(participation__in=scope)
    scores: dict[str, dict[int, float]] = {Occasion.PRE: {}, Occasion.POST: {}}
    groups: dict[tuple[str, int], str] = {}
    rows = attempts.values_list("occasion", "participation_id", "percent", "form__parallel_group")
    for occasion, participation_id, percent, group in rows:
        scores[occasion][participation_id] = percent or 0.0
        groups[occasion, participation_id] = group
    everyone = pair(scores[Occasion.PRE], scores[Occasion.POST])
    pairing = _only_parallel(everyone, groups)
    n_not_parallel = everyone.n_paired - pairing.n_paired
    gain = summarise(
        [(pre, post) for _id, pre, post in pairing.pairs], pairing_rate=pairing.pairing_rate
    )
    is_shown = not n_not_parallel or (not is_one_session and pairing.n_paired > 0)
    return GainReport(
        pairing=pairing,
        gain=gain if is_shown else _hidden(gain),
        n_not_parallel=n_not_parallel,
        is_shown=is_shown,
    )


def session_summary(session: TrainingSession) -> dict[str, Any]:
    """The counts of one session, as plain values. Present and trained are cumulative.

    `flags` lists the red flags, then what the session still lacks to count.
    """
    participations = list(
        Participation.objects.filter(session=session).select_related("profession__category")
    )
    trained = [one for one in participations if one.status in TRAINED_OR_MORE]
    status = Counter(one.status for one in participations)
    tests = Counter(
        Attempt.objects.submitted()
        .filter(participation__session=session)
        .values_list("occasion", flat=True)
    )
    return {
        "code": session.code,
        "persons": len(participations),
        "present": len(participations) - status[LadderStatus.ENROLLED],
        "informed": status[LadderStatus.INFORMED],
        "trained": len(trained),
        "certified": status[LadderStatus.CERTIFIED],
        "trained_by_category": dict(sorted(Counter(map(_category_code, trained)).items())),
        "trained_by_sex": dict(sorted(Counter(one.sex or NOT_STATED for one in trained).items())),
        "n_pre": tests[Occasion.PRE],
        "n_post": tests[Occasion.POST],
        "flags": session_flags(session),
    }


def session_flags(session: TrainingSession) -> list[dict[str, str]]:
    """Red flags, then missing evidence, each with a stable code and a French sentence."""
    flags = [{"code": flag.code, "sentence": flag.sentence} for flag in red_flags(session)]
    missing = missing_evidence(session, has_tests=has_tests(session))
    return flags + [{"code": "MISSING_EVIDENCE", "sentence": sentence} for sentence in missing]


def item_analysis(
    form: TestForm, occasion: str, session: TrainingSession | None = None
) -> FormAnalysis:
    """Analyse the copies handed in on a form and occasion, in one session or in all of them."""
    items = list(form.items.select_related("question").order_by("position"))
    key = key_of_items(items)
    attempts = Attempt.objects.submitted().filter(form=form, occasion=occasion)
    if session is not None:
        attempts = attempts.filter(participation__session=session)
    responses = list(attempts.order_by("pk").values_list("responses", flat=True))
    analysis = analyse([key.points(copy) for copy in responses])
    chosen = distractors(responses, key.letters)
    counted = key.counted_positions
    figures = [
        _item_figures(items[rank], key.right[rank], chosen[rank], analysis=analysis, column=column)
        for column, rank in enumerate(counted)
    ]
    return FormAnalysis(
        form=form,
        occasion=occasion,
        analysis=analysis,
        items=tuple(figures),
        withdrawn_positions=tuple(rank + 1 for rank in sorted(key.withdrawn)),
    )


def _item_figures(
    item: FormItem,
    right_letter: str,
    chosen: Mapping[str, int],
    *,
    analysis: ItemAnalysis,
    column: int,
) -> ItemFigures:
    has_copies = analysis.n > 0
    return ItemFigures(
        position=item.position,
        code=item.question.code,
        stem=item.stem,
        right_letter=right_letter,
        difficulty=analysis.difficulty[column] if has_copies else None,
        discrimination=analysis.discrimination[column] if has_copies else None,
        distractors=chosen,
        flags=analysis.flags[column] if has_copies else (),
    )


def _only_parallel(everyone: Pairing, groups: Mapping[tuple[str, int], str]) -> Pairing:
    """Keep the pairs whose two tests are the same form or parallel forms."""
    kept = tuple(
        one
        for one in everyone.pairs
        if groups[Occasion.PRE, one[0]] == groups[Occasion.POST, one[0]]
    )
    either = everyone.n_pre + everyone.n_post - everyone.n_paired
    return replace(
        everyone,
        pairs=kept,
        n_paired=len(kept),
        pairing_rate=len(kept) * 100 / either if either else None,
    )


def _hidden(gain: Gain) -> Gain:
    nothing: dict[str, Any] = dict.fromkeys(HIDDEN_FIGURES)
    return replace(
        gain,
        **nothing,
        verdict=INCONCLUSIVE,
        verdict_reason=_(
            "Le pré-test et le post-test n'utilisent pas des formulaires parallèles : aucun gain "
            "n'est montré."
        ),
    )


def _category_code(participation: Participation) -> str:
    profession = participation.profession
    return profession.category.code if profession else NOT_STATED
