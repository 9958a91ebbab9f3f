"""Count the documents that the site gives, by day: never who, never added to printed copies."""

import datetime
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest
from django.utils import timezone

# One statement, understood by SQLite and PostgreSQL: two readers at once are two downloads.
_COUNT_ONE = """
INSERT INTO courses_downloadcount (document, title, day, downloads) VALUES (%s, %s, %s, 1)
ON CONFLICT (document, day) DO UPDATE
SET downloads = courses_downloadcount.downloads + 1, title = excluded.title
"""


@transaction.atomic
def count_download(*, document: str, title: str, on: datetime.date | None = None) -> None:
    """Add one download of a document to its day; `document` is a stable key of 120 letters."""
    day = on or timezone.localdate()
    with connection.cursor() as cursor:
        cursor.execute(_COUNT_ONE, [document[:120], title[:200], day.isoformat()])


def is_download(request: HttpRequest) -> bool:
    """A whole file asked for to be read: no check before, no rest of a file, no guess ahead."""
    asked = request.headers
    return (
        request.method == "GET"
        and "If-None-Match" not in asked
        and "If-Modified-Since" not in asked
        and asked.get("Range", "bytes=0-").startswith("bytes=0-")
        and "prefetch" not in asked.get("Sec-Purpose", "")
    )


def count_served_document(sender: object, *, instance: Any, request: HttpRequest, **_: Any) -> None:
    """Count a document of Wagtail's library, as it tells of each one it gives."""
    if is_download(request):
        count_download(document=f"document-{instance.pk}", title=instance.title)
