"""Records that look alike: list them, compare two, make them one or say that they are two."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.account_wording import person_line
from accounts.audience import audience
from accounts.enums import Audience
from accounts.likely_persons import find_likely_pairs
from accounts.lookalikes import Strength
from accounts.merging import MergeRefused, merge_persons, say_distinct, undo_merge
from accounts.models import Person, PersonMerge
from accounts.person_lookup import described
from accounts.signed_in import account_of
from trainers.forms.people import MergeReason
from trainers.people.access import persons_in_charge
from trainers.people.comparison import KEPT, MERGED, POSTING, Comparison, compare
from trainers.people.merged_trainers import better_kept

PAIRS_PER_PAGE = 10


@audience(Audience.VALIDATORS)
@require_safe
def lookalike_list(request: HttpRequest) -> HttpResponse:
    """Pairs of records that are probably one person, the surest first."""
    found = find_likely_pairs(persons_in_charge(request.user))
    page = Paginator(found.pairs, PAIRS_PER_PAGE).get_page(request.GET.get("page"))
    ids = {pk for pair in page for pk in (pair.first, pair.second)}
    people = {person.pk: person for person in described(Person.objects.filter(pk__in=ids))}
    reasons = {
        Strength.PHONE_AND_NAME: _("Même téléphone et nom voisin"),
        Strength.NAME_ALONE: _("Même nom, et rien ne les distingue"),
        Strength.NAME_AND_CONTEXT: _("Même nom, et même structure ou même année de naissance"),
    }
    rows = [
        {
            "lines": [_line(people[pair.first]), _line(people[pair.second])],
            "reason": reasons[pair.strength],
            "url": reverse(
                "trainers:merge_pair", args=[people[pair.first].uuid, people[pair.second].uuid]
            ),
        }
        for pair in page
    ]
    context = {"page": page, "rows": rows, "is_cut": found.is_cut, "trail": _trail()}
    return render(request, "trainers/people/lookalikes.html", context)


@audience(Audience.VALIDATORS)
@require_http_methods(["GET", "HEAD", "POST"])
def merge_pair(request: HttpRequest, person_uuid: uuid.UUID, other_uuid: uuid.UUID) -> HttpResponse:
    """Compare two records field by field. The address says which one is kept."""
    kept, merged = _pair(request, person_uuid, other_uuid)
    if request.method != "POST" and better_kept(kept, merged) == merged:
        return redirect("trainers:merge_pair", merged.uuid, kept.uuid)
    comparison = compare(kept, merged)
    form = MergeReason(request.POST or None)
    if request.method == "POST" and request.POST.get("act") == "distinct":
        say_distinct(one=kept, other=merged, by=account_of(request))
        messages.success(
            request, _("C'est noté : ce sont deux personnes. Elles ne seront plus proposées.")
        )
        return redirect("trainers:lookalike_list")
    if request.method == "POST" and form.is_valid() and _merge(request, kept, merged, form):
        return redirect("trainers:person", kept.uuid)
    context = {
        "form": form,
        "comparison": _answered(comparison, request),
        "kept": kept,
        "merged": merged,
        "trail": [*_trail(is_link=True), {"url": "", "label": _("Comparer")}],
    }
    return render(request, "trainers/people/merge_pair.html", context)


@audience(Audience.VALIDATORS)
@require_POST
def undo_person_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Part two records again, from the page of the one that was kept."""
    in_charge = persons_in_charge(request.user)
    merge = get_object_or_404(PersonMerge.objects.select_related("kept"), pk=pk, kept__in=in_charge)
    form = MergeReason(request.POST)
    if not form.is_valid():
        messages.error(request, _("Dites pourquoi ces deux fiches sont deux personnes."))
        return redirect("trainers:person", merge.kept.uuid)
    try:
        undo_merge(merge=merge, reason=form.cleaned_data["reason"], by=account_of(request))
    except MergeRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Les deux fiches sont de nouveau séparées."))
    return redirect("trainers:person", merge.kept.uuid)


def _merge(request: HttpRequest, kept: Person, merged: Person, form: MergeReason) -> bool:
    """Call the act; a refusal becomes an error of the form."""
    take = [name for name, side in request.POST.items() if side == MERGED]
    try:
        merge_persons(
            kept=kept,
            merged=merged,
            take=[name for name in take if name != POSTING],
            take_posting=POSTING in take,
            reason=form.cleaned_data["reason"],
            by=account_of(request),
        )
    except MergeRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(
        request,
        _("Une seule fiche désormais : %(person)s. Vous pouvez revenir en arrière plus bas.")
        % {"person": kept},
    )
    return True


def _answered(comparison: Comparison, request: HttpRequest) -> dict[str, Any]:
    """The comparison with what was already chosen on a form that comes back."""
    fields = []
    for one in comparison.fields:
        chosen = request.POST.get(one.name, "")
        fields.append(
            {
                "name": one.name,
                "label": one.label,
                "choices": one.choices,
                "selected": chosen if chosen in {KEPT, MERGED} else one.selected,
            }
        )
    return {
        "fields": fields,
        "same": comparison.same,
        "sides": comparison.sides,
        "warnings": comparison.warnings,
    }


def _pair(
    request: HttpRequest, kept_uuid: uuid.UUID, merged_uuid: uuid.UUID
) -> tuple[Person, Person]:
    """Both records must be in scope; one record twice, or one merged since, is 404."""
    persons = persons_in_charge(request.user).select_related("profession")
    kept = get_object_or_404(persons, uuid=kept_uuid)
    merged = get_object_or_404(persons, uuid=merged_uuid)
    if kept == merged:
        raise Http404
    return kept, merged


def _line(person: Person) -> dict[str, Any]:
    person.open_postings = [  # type: ignore[attr-defined]
        one for one in person.postings.all() if one.ended_on is None
    ]
    return person_line(person)


def _trail(*, is_link: bool = False) -> list[dict[str, str]]:
    here = reverse("trainers:lookalike_list") if is_link else ""
    return [
        {"url": reverse("trainers:person_list"), "label": _("Personnes")},
        {"url": here, "label": _("Fiches proches")},
    ]
