"""Addresses of the trainers' app, one module a subject. The first that fits answers."""

from trainers.urls import registry, sessions, staffing

app_name = "trainers"

urlpatterns = [
    *registry.urlpatterns,
    *staffing.urlpatterns,
    *sessions.urlpatterns,
]
