"""What editors see of the activities: what plays, what waits, what a lesson must cite."""

from django.db.models import Count, Max, OuterRef, Prefetch, QuerySet

from courses.models import Activity, ActivityLibrary, ActivityVersion


def listed_activities() -> QuerySet[Activity]:
    """Activities by code, each with `versions.all()` (the last put forward first) and their
    `waiting_count` of libraries to approve; two queries whatever their number."""
    waiting = (
        ActivityLibrary.objects.waiting()
        .filter(versions=OuterRef("pk"))
        .order_by()
        .values("versions")
        .annotate(found=Count("pk"))
        .values("found")
    )
    versions = (
        ActivityVersion.objects.latest_first()
        .annotate(waiting_count=waiting)
        .select_related("imported_by")
    )
    return (
        Activity.objects.annotate(last=Max("versions__offered_at"))
        .prefetch_related(Prefetch("versions", queryset=versions))
        .order_by("-last", "code")
    )
