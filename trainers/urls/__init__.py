"""Addresses of the trainers' app, one module a subject. The first that fits answers."""

from trainers.urls import preparation, registration, registry, sessions

app_name = "trainers"

urlpatterns = [
    *registry.urlpatterns,
    *sessions.urlpatterns,
    *preparation.urlpatterns,
    *registration.urlpatterns,
]
