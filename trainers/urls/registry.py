"""Addresses of the directory and of the trainers' records."""

from django.urls import path

from trainers.views.directory import directory, trainer_page
from trainers.views.qualifications import (
    qualification_grant,
    qualification_proof,
    qualification_withdraw,
)
from trainers.views.registry import trainer_create, trainer_edit, trainer_search

urlpatterns = [
    path("formateurs/", directory, name="directory"),
    path("formateurs/nouveau/", trainer_search, name="trainer_search"),
    path("formateurs/nouveau/<uuid:person_uuid>/", trainer_create, name="trainer_create"),
    path("formateurs/<int:pk>/", trainer_page, name="trainer"),
    path("formateurs/<int:pk>/modifier/", trainer_edit, name="trainer_edit"),
    path(
        "formateurs/<int:pk>/habilitations/accorder/",
        qualification_grant,
        name="qualification_grant",
    ),
    path(
        "formateurs/<int:pk>/habilitations/<int:qualification>/retirer/",
        qualification_withdraw,
        name="qualification_withdraw",
    ),
    path(
        "formateurs/<int:pk>/habilitations/<int:qualification>/preuve/",
        qualification_proof,
        name="qualification_proof",
    ),
]
