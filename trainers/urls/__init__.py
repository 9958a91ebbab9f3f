"""Addresses of the trainers' app, one module a subject. The first that fits answers."""

from trainers.urls import national_plan, registry, sessions

app_name = "trainers"

urlpatterns = [
    *registry.urlpatterns,
    *sessions.urlpatterns,
    *national_plan.urlpatterns,
]
