"""What a page shows of an activity, and whether it can be played here.

A lesson's block holds the activity's code only. Its template asks by the tag of
`courses/templatetags/activity_tags.py`, `{% activity_for value.code as activity %}`, which calls
`activity_for`: two queries, and None where no activity bears this code.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from courses.activities.content_host import scorm_closed
from courses.activities.players import player_missing
from courses.models import Activity, ActivityVersion


@dataclass(frozen=True, slots=True)
class ActivityView:
    """An activity as shown: `closed` is the sentence that says why it cannot be played, or "".

    `kib` is what the package weighs, in KiB; a page loads part of it.
    """

    code: str
    title: str
    kind: str
    kib: int
    closed: str
    url: str
    version: ActivityVersion | None


def activity_for(code: str, *, site_host: str = "") -> ActivityView | None:
    """Return the activity with the version that plays, or None where none bears this code.

    `site_host` is the host of the page that shows it: SCORM never plays under that name.
    """
    activity = Activity.objects.filter(code=code).first()
    if activity is None:
        return None
    version = activity.versions.playable().latest_first().first()
    return ActivityView(
        code=activity.code,
        title=activity.title,
        kind=version.get_kind_display() if version else "",
        kib=-(-version.package_size // 1024) if version else 0,
        closed=_why_closed(version, site_host),
        url=reverse("courses:activity", args=[activity.code]),
        version=version,
    )


def _why_closed(version: ActivityVersion | None, site_host: str) -> str:
    if version is None:
        return _("Cette activité attend : son code est à approuver par un administrateur.")
    if version.is_h5p:
        return player_missing("h5p")
    return scorm_closed(site_host) or player_missing("scorm")
