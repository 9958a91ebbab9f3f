"""What the checks by telephone add to the red flags of a session (domain §3)."""

from django.utils.translation import ngettext

from trainers.enums import PhoneCheckResult
from trainers.models import PhoneCheck, TrainingSession
from trainers.sessions.checks import Flag

NAMES_SHOWN = 3


def phone_check_flags(session: TrainingSession) -> list[Flag]:
    """People who say that they did not come, and numbers of somebody else; one query."""
    contested = (PhoneCheckResult.DENIED, PhoneCheckResult.WRONG_NUMBER)
    checks = (
        PhoneCheck.objects.filter(participation__session=session, result__in=contested)
        .select_related("participation__person")
        .order_by("pk")
    )
    names: dict[str, list[str]] = {}
    for check in checks:
        names.setdefault(check.result, []).append(str(check.participation.person))
    flags = []
    if denied := names.get(PhoneCheckResult.DENIED):
        flags.append(
            Flag(
                "PHONE_CHECK_DENIED",
                ngettext(
                    "Au téléphone, %(count)d personne dit n'être pas venue : %(names)s.",
                    "Au téléphone, %(count)d personnes disent n'être pas venues : %(names)s.",
                    len(denied),
                )
                % {"count": len(denied), "names": _some(denied)},
            )
        )
    if wrong := names.get(PhoneCheckResult.WRONG_NUMBER):
        flags.append(
            Flag(
                "PHONE_CHECK_WRONG_NUMBER",
                ngettext(
                    "Au téléphone, %(count)d numéro est celui d'une autre personne : %(names)s.",
                    "Au téléphone, %(count)d numéros sont ceux d'autres personnes : %(names)s.",
                    len(wrong),
                )
                % {"count": len(wrong), "names": _some(wrong)},
            )
        )
    return flags


def _some(names: list[str]) -> str:
    return ", ".join(names[:NAMES_SHOWN]) + ("…" if names[NAMES_SHOWN:] else "")
