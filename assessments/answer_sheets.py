"""What the copies of a session say to its checks: are there tests, are sheets identical?"""

from collections import defaultdict

from django.utils.translation import gettext as _

from accounts.models import User
from assessments.enums import Occasion
from assessments.models import Attempt, CopyCorrection
from trainers.models import TrainingSession
from trainers.sessions.checks import Flag

IDENTICAL_SHEETS = "IDENTICAL_SHEETS"
MIN_ANSWERED = 10
NAMES_SHOWN = 5


def session_has_tests(session: TrainingSession) -> bool:
    """Whether copies of both the pre-test and the post-test were handed in."""
    taken = set(
        Attempt.objects.submitted()
        .filter(participation__session=session, occasion__in=(Occasion.PRE, Occasion.POST))
        .values_list("occasion", flat=True)
    )
    return taken == {Occasion.PRE, Occasion.POST}


def entered_copies(session: TrainingSession, user: User) -> bool:
    """Whether the account typed, imported or corrected copies of the session's tests."""
    return (
        Attempt.objects.filter(participation__session=session, entered_by=user).exists()
        or CopyCorrection.objects.filter(
            attempt__participation__session=session, corrected_by=user
        ).exists()
    )


def identical_sheets(session: TrainingSession) -> list[Flag]:
    """Copies of one test alike to the last wrong answer, from 10 answered items (domain §3).

    Perfect copies are alike by merit: they are left out. One query.
    """
    alike: dict[tuple[str, int, tuple[str | None, ...]], list[str]] = defaultdict(list)
    copies = (
        Attempt.objects.submitted()
        .filter(participation__session=session, percent__lt=100)
        .select_related("participation__person")
        .order_by("pk")
    )
    for copy in copies:
        if sum(answer is not None for answer in copy.responses) >= MIN_ANSWERED:
            sheet = (copy.occasion, copy.form_id, tuple(copy.responses))
            alike[sheet].append(str(copy.participation.person))
    return [
        Flag(
            IDENTICAL_SHEETS,
            _("%(occasion)s : %(count)d copies identiques, erreurs comprises (%(names)s).")
            % {
                "occasion": Occasion(occasion).label,
                "count": len(names),
                "names": ", ".join(names[:NAMES_SHOWN]) + ("…" if names[NAMES_SHOWN:] else ""),
            },
        )
        for (occasion, _form, _answers), names in alike.items()
        if len(names) > 1
    ]
