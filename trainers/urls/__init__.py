"""Addresses of the trainers' app, one module a subject. The first that fits answers."""

from trainers.urls import (
    attendance,
    awareness,
    backlog,
    national_plan,
    oversight,
    people,
    preparation,
    registration,
    registry,
    sessions,
    staffing,
)

app_name = "trainers"

urlpatterns = [
    *awareness.urlpatterns,
    *backlog.urlpatterns,  # static paths before sessions/<code>/
    *registry.urlpatterns,
    *attendance.urlpatterns,
    *staffing.urlpatterns,
    *people.urlpatterns,
    *oversight.urlpatterns,
    *sessions.urlpatterns,
    *preparation.urlpatterns,
    *registration.urlpatterns,
    *national_plan.urlpatterns,
]
