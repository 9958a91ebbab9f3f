"""Addresses of the plan: the matrix, its figures, and the records behind them."""

from django.urls import path

from indicators import views

app_name = "indicators"

urlpatterns = [
    path("plan/", views.matrix, name="matrix"),
    path("plan/matrice.csv", views.matrix_file, name="matrix_file"),
    path("plan/<str:code>/<str:period>/", views.figure, name="figure"),
    path(
        "plan/<str:code>/<str:period>/participations/",
        views.participations,
        name="participations",
    ),
    path("participations/<int:participation_id>/", views.participation, name="participation"),
]
