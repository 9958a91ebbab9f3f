"""Addresses of the directory and of the trainers' records."""

from django.urls import path

from trainers.views.directory import directory
from trainers.views.expert_registers import expert_registers
from trainers.views.grounds import ground_add, ground_proof, ground_void
from trainers.views.qualifications import (
    qualification_grant,
    qualification_withdraw,
)
from trainers.views.registry import trainer_create, trainer_edit, trainer_search, trainer_state
from trainers.views.trainer_page import trainer_page

urlpatterns = [
    path("formateurs/", directory, name="directory"),
    path("formateurs/registres/", expert_registers, name="expert_registers"),
    path("formateurs/nouveau/", trainer_search, name="trainer_search"),
    path("formateurs/nouveau/<uuid:person_uuid>/", trainer_create, name="trainer_create"),
    path("formateurs/<int:pk>/", trainer_page, name="trainer"),
    path("formateurs/<int:pk>/modifier/", trainer_edit, name="trainer_edit"),
    path("formateurs/<int:pk>/etat/", trainer_state, name="trainer_state"),
    path("formateurs/<int:pk>/fondements/ajouter/", ground_add, name="ground_add"),
    path("formateurs/<int:pk>/fondements/<int:ground>/preuve/", ground_proof, name="ground_proof"),
    path("formateurs/<int:pk>/fondements/<int:ground>/annuler/", ground_void, name="ground_void"),
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
]
