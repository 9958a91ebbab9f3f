"""Addresses of the persons: records, merges, who is still in post, what is covered."""

from django.urls import path

from trainers.views.merging import lookalike_list, merge_pair, undo_person_merge
from trainers.views.people import (
    person_edit,
    person_history,
    person_leaving,
    person_list,
    person_page,
    person_proposals,
    person_transfer,
)
from trainers.views.staff_in_post import (
    coverage_page,
    post_csv_file,
    post_page,
    post_xlsx_file,
    structure_kinds,
)

urlpatterns = [
    path("personnes/", person_list, name="person_list"),
    path("personnes/propositions/", person_proposals, name="person_proposals"),
    path("personnes/fiches-proches/", lookalike_list, name="lookalike_list"),
    path("personnes/encore-en-poste/", post_page, name="still_in_post"),
    path("personnes/encore-en-poste.csv", post_csv_file, name="still_in_post_csv"),
    path("personnes/encore-en-poste.xlsx", post_xlsx_file, name="still_in_post_xlsx"),
    path("personnes/couverture/", coverage_page, name="coverage"),
    path("personnes/structures/", structure_kinds, name="structure_kinds"),
    path("personnes/fusions/<int:pk>/separer/", undo_person_merge, name="undo_person_merge"),
    path("personnes/<uuid:person_uuid>/", person_page, name="person"),
    path("personnes/<uuid:person_uuid>/modifier/", person_edit, name="person_edit"),
    path("personnes/<uuid:person_uuid>/historique/", person_history, name="person_history"),
    path("personnes/<uuid:person_uuid>/mutation/", person_transfer, name="person_transfer"),
    path("personnes/<uuid:person_uuid>/depart/", person_leaving, name="person_leaving"),
    path("personnes/<uuid:person_uuid>/fusion/<uuid:other_uuid>/", merge_pair, name="merge_pair"),
]
