"""Addresses of the trainers' app, one module a subject. The first that fits answers."""

from trainers.urls import backlog, registry, sessions

app_name = "trainers"

urlpatterns = [
    *backlog.urlpatterns,  # static paths before sessions/<code>/
    *registry.urlpatterns,
    *sessions.urlpatterns,
]
