"""Addresses of the trainers' app, one module a subject. The first that fits answers."""

from trainers.urls import attendance, registry, sessions

app_name = "trainers"

urlpatterns = [
    *registry.urlpatterns,
    *attendance.urlpatterns,
    *sessions.urlpatterns,
]
