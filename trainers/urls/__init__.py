"""Addresses of the trainers' app, one module a subject. The first that fits answers."""

from trainers.urls import oversight, people, registry, sessions

app_name = "trainers"

urlpatterns = [
    *registry.urlpatterns,
    *people.urlpatterns,
    *oversight.urlpatterns,
    *sessions.urlpatterns,
]
