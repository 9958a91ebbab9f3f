"""Two at the same moment, on real connections: one certificate each, one rank each, one key."""

from pathlib import Path
from typing import Any

import pytest

from certificates.issue import issue_for_run, issue_for_session
from certificates.models import Certificate, SigningKey
from tests.factories.accounts import make_person, make_user
from tests.factories.certificates import (
    ISSUED_AT,
    make_committee,
    make_completed_run,
    make_validated_session,
)
from tests.factories.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_bulk_issues_of_a_session_give_one_certificate_each() -> None:
    committee = make_committee()
    people = [make_person() for _ in range(5)]
    session = make_validated_session(*people, by=committee)

    def issue() -> int:
        return len(issue_for_session(session=session, by=committee, at=ISSUED_AT))

    assert sorted(at_once(issue, issue)) == [0, 5]
    assert Certificate.objects.count() == 5


def test_two_sessions_issued_at_once_share_the_ranks_and_the_key(settings: Any) -> None:
    committee = make_committee()
    sessions = [
        make_validated_session(make_person(), make_person(), by=committee) for _ in range(2)
    ]
    assert not SigningKey.objects.exists()

    at_once(
        *(
            lambda one=session: issue_for_session(session=one, by=committee, at=ISSUED_AT)
            for session in sessions
        )
    )

    ranks = Certificate.objects.order_by("rank").values_list("rank", flat=True)
    assert list(ranks) == [1, 2, 3, 4]
    key = SigningKey.objects.get()
    files = [path.name for path in Path(settings.SIGNING_KEY_DIR).iterdir()]
    assert files == [f"{key.key_id}.pem"]


def test_a_person_who_asks_twice_at_once_gets_one() -> None:
    user = make_user()
    run = make_completed_run(user.person)

    def claim() -> bool:
        return issue_for_run(participation=run, by=user) is not None

    assert sorted(at_once(claim, claim)) == [False, True]
    assert Certificate.objects.count() == 1
