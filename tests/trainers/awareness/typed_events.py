"""Events already noted, and what a person types in the form of one."""

import datetime
from typing import Any

from django.test import Client

from accounts.models import User
from tests.factories.accounts import make_region, make_user
from trainers.awareness.events import record_event
from trainers.enums import EvidenceKind
from trainers.evidence import store_evidence
from trainers.models import AwarenessEvent

DAY = datetime.date(2025, 3, 4)


def make_event(code: str = "ACT-1", *, by: User | None = None, **facts: Any) -> AwarenessEvent:
    event = record_event(
        **{
            "code": code,
            "kind": "COMMUNITY_DIALOGUE",
            "title": f"Dialogue {code}",
            "territory": make_region(),
            "place": "Marché",
            "theme": "SIGNS",
            "held_on": DAY,
            "headcounts": {("F", "ADULT"): 31, ("M", "ADULT"): 22},
            "encoded_by": by,
            **facts,
        }
    )
    store_evidence(
        kind=EvidenceKind.EVENT_PROOF, content=code.encode(), name=f"{code}.jpg", event=event
    )
    return event


def signed_in(client: Client, *roles: str, **facts: Any) -> User:
    user = make_user(*roles, **facts)
    client.force_login(user)
    return user


def typed(**facts: Any) -> dict[str, Any]:
    return {
        "kind": "COMMUNITY_DIALOGUE",
        "held_on": "2025-03-04",
        "territory": "segou",
        "place": "Marché",
        "theme": "SIGNS",
        "n_F_ADULT": "31",
        "n_M_ADULT": "22",
        "n_X_UNKNOWN": "4",
        **facts,
    }
