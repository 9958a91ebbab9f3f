"""A line in the log for each act on an account: who, what, whom. Never a name, never a secret."""

import logging
from functools import partial

from django.db import transaction

from accounts.models import User

logger = logging.getLogger("accounts.audit")


def log_act(act: str, *, by: User, account: User, detail: str = "") -> None:
    """Write the line once the transaction is through: what was rolled back did not happen."""
    line = partial(
        logger.info,
        "act=%s by=%s account=%s detail=%s",
        act,
        by.pk,
        account.pk,
        detail or "-",
    )
    transaction.on_commit(line)
