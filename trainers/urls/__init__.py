"""Addresses of the trainers' app, one module a subject. The first that fits answers."""

from trainers.urls import (
    attendance,
    awareness,
    national_plan,
    preparation,
    registration,
    registry,
    sessions,
)

app_name = "trainers"

urlpatterns = [
    *awareness.urlpatterns,
    *registry.urlpatterns,
    *attendance.urlpatterns,
    *sessions.urlpatterns,
    *preparation.urlpatterns,
    *registration.urlpatterns,
    *national_plan.urlpatterns,
]
