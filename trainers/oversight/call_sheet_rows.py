"""What a call sheet says of each person drawn, on screen and on paper."""

from accounts.account_wording import spaced_phone
from trainers.models import PhoneCheck


def call_row(check: PhoneCheck) -> dict[str, str]:
    """Name, phone, trade and place, session; the presence to confirm is the session's."""
    participation = check.participation
    session = participation.session
    return {
        "name": participation.person.full_name,
        "phone": spaced_phone(participation.person.phone),
        "profession": str(participation.profession or ""),
        "organization": str(participation.organization or ""),
        "session": session.code if session else "",
        "result": str(check.get_result_display()) if check.result else "",
        "note": check.note,
    }
