"""The results of a session's tests, ready to be shown: figures as words, never without their n."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from assessments.enums import Occasion
from assessments.figures import figure
from assessments.gain import DECLINE, ESTABLISHED, INCONCLUSIVE, Gain
from assessments.models import Attempt, SessionForm, TestForm
from assessments.session_results import FormAnalysis, GainReport, ItemFigures
from assessments.session_tests import is_open
from trainers.models import Participation, TrainingSession

SHOWN_OCCASIONS = (Occasion.PRE, Occasion.POST)
NOTHING = "—"
_VERDICT_KINDS = {ESTABLISHED: "success", INCONCLUSIVE: "warning", DECLINE: "warning"}


@dataclass(frozen=True)
class TestPanel:
    """One test of the session: its forms, its state and its copies."""

    __test__ = False

    occasion: Occasion
    form_codes: tuple[str, ...]
    is_planned: bool
    is_open: bool
    was_opened: bool
    was_ended: bool
    handed_in: int
    begun: int


@dataclass(frozen=True)
class PersonRow:
    """The tests of one participant; scores and gain in points of 100, as text."""

    participation: Participation
    pre: str
    post: str
    gain: str
    pre_attempt: Attempt | None
    post_attempt: Attempt | None


def copies_of(session: TrainingSession) -> list[Attempt]:
    """Every copy of the session, begun or handed in, with its form; one query."""
    return list(
        Attempt.objects.filter(participation__session=session).select_related("form").order_by("pk")
    )


def test_panels(session: TrainingSession, copies: Iterable[Attempt]) -> list[TestPanel]:
    """The pre-test and the post-test, in that order."""
    rows = list(SessionForm.objects.filter(session=session).select_related("form"))
    copies = list(copies)
    return [
        _panel(
            occasion,
            [row for row in rows if row.occasion == occasion],
            [copy for copy in copies if copy.occasion == occasion],
        )
        for occasion in SHOWN_OCCASIONS
    ]


def gain_board(report: GainReport) -> dict[str, Any]:
    """The gain in words and figures: counts always, the plot when there is a gain to draw."""
    pairing, gain = report.pairing, report.gain
    rate = pairing.pairing_rate
    return {
        "n_pre": pairing.n_pre,
        "n_post": pairing.n_post,
        "n_paired": pairing.n_paired,
        "has_copies": bool(pairing.n_pre or pairing.n_post),
        "pairing_rate": NOTHING if rate is None else f"{figure(rate)} %",
        "verdict": gain.verdict[:1].upper() + gain.verdict[1:],
        "verdict_kind": _VERDICT_KINDS.get(gain.verdict, "info"),
        "verdict_reason": gain.verdict_reason,
        "plot": _plot(gain),
        "details": _details(gain),
    }


def item_rows(found: FormAnalysis) -> list[dict[str, Any]]:
    """The items to debrief, the least answered first. Discrimination only from 30 copies."""
    items = sorted(found.items, key=lambda item: (item.difficulty or 0.0, item.position))
    return [_item_row(item, is_shown=found.analysis.is_shown) for item in items]


def person_rows(session: TrainingSession, copies: Iterable[Attempt]) -> list[PersonRow]:
    """The participants in the order of the list, with their scores."""
    handed_in = {
        (copy.participation_id, copy.occasion): copy for copy in copies if copy.submitted_at
    }
    people = Participation.objects.filter(session=session).select_related("person").order_by("pk")
    return [_person_row(one, handed_in) for one in people]


def forms_to_choose(session: TrainingSession) -> list[TestForm]:
    """The forms of the session's curriculum, and those of banks tied to no curriculum."""
    return list(
        TestForm.objects.filter(
            Q(bank__curriculum=session.curriculum_id) | Q(bank__curriculum=None)
        ).order_by("parallel_group", "code")
    )


def plan_choices(forms: Iterable[TestForm]) -> list[tuple[str, str]]:
    """What a trainer may plan: (« ids before|ids after », words), counterbalanced pairs first."""
    groups: dict[str, list[TestForm]] = {}
    for form in forms:
        groups.setdefault(form.parallel_group, []).append(form)
    choices: list[tuple[str, str]] = []
    for parallel in groups.values():
        for one, two in combinations(parallel, 2):
            both = ",".join(str(pk) for pk in sorted((one.pk, two.pk)))
            words = _("%(a)s et %(b)s en alternance : chaque moitié du groupe change de formulaire")
            choices.append((f"{both}|{both}", words % {"a": one.code, "b": two.code}))
            choices += [_one_then_other(one, two), _one_then_other(two, one)]
        choices += [
            (f"{form.pk}|{form.pk}", _("%(a)s avant et après") % {"a": form.code})
            for form in parallel
        ]
    return choices


def planned_choice(session: TrainingSession, copies: Iterable[Attempt] = ()) -> str:
    """The choice now planned, or else the forms of the copies received; "" without any."""
    ids: dict[str, set[int]] = {occasion: set() for occasion in SHOWN_OCCASIONS}
    rows = SessionForm.objects.filter(session=session, occasion__in=SHOWN_OCCASIONS)
    for occasion, form_id in rows.values_list("occasion", "form_id"):
        ids[occasion].add(form_id)
    if not any(ids.values()):
        for copy in copies:
            ids.setdefault(copy.occasion, set()).add(copy.form_id)
    if not any(ids.values()):
        return ""
    return "|".join(",".join(map(str, sorted(ids[occasion]))) for occasion in SHOWN_OCCASIONS)


def _one_then_other(one: TestForm, other: TestForm) -> tuple[str, str]:
    words = _("%(a)s avant, %(b)s après") % {"a": one.code, "b": other.code}
    return f"{one.pk}|{other.pk}", words


def _panel(occasion: Occasion, rows: list[SessionForm], copies: list[Attempt]) -> TestPanel:
    planned = {row.form.code for row in rows}
    used = {copy.form.code for copy in copies}
    handed_in = sum(copy.submitted_at is not None for copy in copies)
    return TestPanel(
        occasion=occasion,
        form_codes=tuple(sorted(planned | used)),
        is_planned=bool(rows),
        is_open=any(is_open(row) for row in rows),
        was_opened=any(row.opened_at for row in rows),
        was_ended=bool(rows) and all(row.closed_at for row in rows),
        handed_in=handed_in,
        begun=len(copies) - handed_in,
    )


def _plot(gain: Gain) -> dict[str, Any] | None:
    if gain.mean_pre is None or gain.mean_post is None or gain.gain is None or not gain.ci95:
        return None
    low, high = gain.ci95
    sentence = _(
        "Gain moyen de %(gain)s points sur 100, entre %(low)s et %(high)s (intervalle à 95 %%, "
        "n = %(n)s paires). %(verdict)s."
    ) % {
        "gain": figure(gain.gain),
        "low": figure(low),
        "high": figure(high),
        "n": gain.n_paired,
        "verdict": gain.verdict[:1].upper() + gain.verdict[1:],
    }
    return {
        "pre": round(gain.mean_pre, 1),
        "post": round(gain.mean_post, 1),
        "low": _on_axis(gain.mean_pre + low),
        "high": _on_axis(gain.mean_pre + high),
        "pre_label": _("Avant : %(mean)s points") % {"mean": figure(gain.mean_pre)},
        "post_label": _("Après : %(mean)s points") % {"mean": figure(gain.mean_post)},
        "label": sentence,
    }


def _details(gain: Gain) -> list[dict[str, str]]:
    """What a reader of statistics asks for, each with its unit and its n."""
    pairs = _("n = %(n)s paires") % {"n": gain.n_paired}
    shares = [
        (_("Au moins 70 % au post-test"), gain.mastery70_post_share),
        (_("Gain d'au moins 20 points"), gain.reliable_gain20_exact_share),
    ]
    others = [
        (_("Gain normalisé des moyennes (Hake)"), gain.hake_of_means),
        (_("Taille d'effet (d de Cohen)"), gain.cohen_d),
    ]
    return [
        {"term": term, "text": f"{figure(value)} % ({pairs})"}
        for term, value in shares
        if value is not None
    ] + [
        {"term": term, "text": f"{figure(value, 2)} ({pairs})"}
        for term, value in others
        if value is not None
    ]


def _on_axis(value: float) -> float:
    return round(min(100.0, max(0.0, value)), 1)


def _item_row(item: ItemFigures, *, is_shown: bool) -> dict[str, Any]:
    right = item.difficulty
    discrimination = item.discrimination if is_shown else None
    return {
        "position": item.position,
        "stem": item.stem,
        "right_letter": item.right_letter,
        "right_share": NOTHING if right is None else f"{figure(right * 100, 0)} %",
        "discrimination": NOTHING if discrimination is None else figure(discrimination, 2),
        "answers": " · ".join(
            f"{letter or _('sans')}\N{NO-BREAK SPACE}{count}"
            for letter, count in item.distractors.items()
            if count
        ),
        "flags": item.flags if is_shown else (),
    }


def _person_row(
    participation: Participation, copies: Mapping[tuple[int, str], Attempt]
) -> PersonRow:
    pre = copies.get((participation.pk, Occasion.PRE))
    post = copies.get((participation.pk, Occasion.POST))
    gain = NOTHING
    if pre and post and pre.form.parallel_group == post.form.parallel_group:
        gain = _signed((post.percent or 0.0) - (pre.percent or 0.0))
    return PersonRow(
        participation=participation,
        pre=_score(pre),
        post=_score(post),
        gain=gain,
        pre_attempt=pre,
        post_attempt=post,
    )


def _signed(points: float) -> str:
    """A difference with its sign: « +20 », « −7,5 », « 0 »."""
    words = figure(abs(points))
    if words == "0":
        return words
    return f"+{words}" if points > 0 else f"−{words}"


def _score(copy: Attempt | None) -> str:
    return NOTHING if copy is None else figure(copy.percent or 0.0)
