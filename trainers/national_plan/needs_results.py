"""Read what a survey says: topics by need, in all, by profession and by territory."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet

from trainers.models import NeedsRating, NeedsSurvey
from trainers.national_plan.needs_score import MASKED_UNDER, Need, Rating, ranked, shown_cells

UNKNOWN = ""  # « non renseigné » is a group like another: the groups add up to the total


@dataclass(frozen=True)
class Given:
    """One rating with the groups of who gave it; codes, "" where they did not say."""

    answer: int
    category: str
    territory: str
    rating: Rating


@dataclass(frozen=True)
class RankedGroup:
    """The answers of one group. `n` is None where it is hidden, `needs` then empty.

    `hidden_topics` are left out of `needs`: too few of the group rated them.
    """

    key: str
    n: int | None
    needs: list[Need]
    hidden_topics: int = 0

    @property
    def is_hidden(self) -> bool:
        """Too few answers for this reader."""
        return self.n is None


@dataclass(frozen=True)
class Results:
    """All of a survey, or what one group of it said."""

    whole: RankedGroup
    by_category: list[RankedGroup]
    by_territory: list[RankedGroup]


def given_in(survey: NeedsSurvey) -> list[Given]:
    """Return every rating of a survey; one query."""
    found: QuerySet[NeedsRating] = NeedsRating.objects.filter(answer__survey=survey)
    rows = found.order_by("pk").values_list(
        "answer", "answer__category__code", "answer__territory__code", "topic__code",
        "usefulness", "ease",
    )  # fmt: skip
    return [
        Given(
            answer=answer,
            category=category or UNKNOWN,
            territory=territory or UNKNOWN,
            rating=Rating(topic, usefulness, ease),
        )
        for answer, category, territory, topic, usefulness, ease in rows
    ]


def results_of(given: list[Given], *, masked: bool) -> Results:
    """Rank the topics; `masked` hides cells under 5 and what would give them away (domain §6)."""
    whole = _group("", given, shown=None)
    if masked:
        kept = [need for need in whole.needs if need.n >= MASKED_UNDER]
        hidden = whole.n is not None and whole.n < MASKED_UNDER
        whole = RankedGroup("", None if hidden else whole.n, kept, len(whole.needs) - len(kept))
    return Results(
        whole=whole,
        by_category=_groups(given, lambda one: one.category, masked=masked),
        by_territory=_groups(given, lambda one: one.territory, masked=masked),
    )


def _groups(
    given: list[Given], key_of: Callable[[Given], str], *, masked: bool
) -> list[RankedGroup]:
    """One dimension; the groups with most answers first, the unknown last."""
    members: dict[str, list[Given]] = {}
    for one in given:
        members.setdefault(key_of(one), []).append(one)
    sizes = {key: len({one.answer for one in found}) for key, found in members.items()}
    ordered = sorted(members, key=lambda key: (key == UNKNOWN, -sizes[key], key))
    if not masked:
        return [_group(key, members[key], shown=None) for key in ordered]
    open_groups = shown_cells(sizes)
    open_topics = _open_topics(members)
    return [
        _group(key, members[key], shown=open_topics[key])
        if key in open_groups
        else RankedGroup(key, None, [])
        for key in ordered
    ]


def _open_topics(members: dict[str, list[Given]]) -> dict[str, set[str]]:
    """Which topics of each group may be seen: a topic is rated by some of its members only."""
    sizes: dict[str, dict[str, int]] = {}
    for key, found in members.items():
        for one in found:
            by_group = sizes.setdefault(one.rating.topic, {})
            by_group[key] = by_group.get(key, 0) + 1
    shown: dict[str, set[str]] = {key: set() for key in members}
    for topic, by_group in sizes.items():
        for key in shown_cells(by_group):
            shown[key].add(topic)
    return shown


def _group(key: str, members: list[Given], *, shown: set[str] | None) -> RankedGroup:
    needs = ranked(one.rating for one in members)
    kept = needs if shown is None else [need for need in needs if need.topic in shown]
    return RankedGroup(key, len({one.answer for one in members}), kept, len(needs) - len(kept))
