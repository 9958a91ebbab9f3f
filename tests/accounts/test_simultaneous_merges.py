"""Two people who merge at the same moment, on real connections."""

from collections.abc import Callable

import pytest

from accounts.merging import MergeRefused, merge_persons
from accounts.models import Person, PersonMerge
from tests.factories.accounts import make_person
from tests.factories.threads import outcomes_at_once

pytestmark = pytest.mark.django_db(transaction=True)


def merging(kept: Person, merged: Person) -> Callable[[], object]:
    return lambda: merge_persons(kept=kept, merged=merged, reason="Même personne", by=None)


def test_two_opposite_merges_leave_one() -> None:
    one, other = make_person(), make_person()

    outcomes = outcomes_at_once(MergeRefused, merging(one, other), merging(other, one))

    assert outcomes == ["done", "refused"]
    assert Person.objects.kept().count() == 1
    assert PersonMerge.objects.count() == 1


def test_two_merges_of_one_record_never_part_it() -> None:
    first, middle, last = make_person(), make_person(), make_person()

    outcomes = outcomes_at_once(MergeRefused, merging(middle, first), merging(last, middle))

    pointers = dict(Person.objects.values_list("pk", "merged_into_id"))
    if outcomes == ["done", "done"]:
        assert pointers == {first.pk: last.pk, middle.pk: last.pk, last.pk: None}
    else:
        assert outcomes == ["done", "refused"]
        assert pointers == {first.pk: None, middle.pk: last.pk, last.pk: None}
