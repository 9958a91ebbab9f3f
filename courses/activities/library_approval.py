"""An administrator lets a library's code run on learners' phones, once for these very bytes."""

import logging
from functools import partial

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from courses.models import ActivityLibrary

logger = logging.getLogger("courses.activities")


@transaction.atomic
def approve_library(*, library: ActivityLibrary, by: User) -> ActivityLibrary:
    """Note who approved it and when; a second time changes nothing."""
    library = ActivityLibrary.objects.select_for_update().get(pk=library.pk)
    if library.approved_at is None:
        library.approved_at, library.approved_by = timezone.now(), by
        library.save(update_fields=["approved_at", "approved_by"])
        line = "act=approve_library by=%s library=%s sha256=%s"
        transaction.on_commit(partial(logger.info, line, by.pk, library, library.sha256))
    return library


def approve_libraries(*, ids: list[int], by: User) -> int:
    """Approve those of `ids` that wait; return how many."""
    waiting = list(ActivityLibrary.objects.waiting().filter(pk__in=ids))
    for library in waiting:
        approve_library(library=library, by=by)
    return len(waiting)
