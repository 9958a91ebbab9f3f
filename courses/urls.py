"""Addresses of what a reader does; the pages themselves are Wagtail's."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from courses.activities.views import activity, activity_list, activity_results, library_list
from courses.views.awareness import awareness_sheet
from courses.views.lessons import answer_lesson_check, complete_lesson, write_lesson_note
from courses.views.notes import delete_note, my_notes
from courses.views.pack import course_pack
from courses.views.runs import (
    close_curriculum,
    follow_curriculum,
    leave_curriculum,
    resume_curriculum,
)
from courses.views.search import search_site
from courses.views.versions import version_changes, version_list, version_text

app_name = "courses"


class PageKeyConverter(IntConverter):
    """A key that a page may have: a longer number is too large for the database to look up."""

    regex = "[0-9]{1,9}"


register_converter(PageKeyConverter, "page_key")

urlpatterns = [
    path("activites/", activity_list, name="activity_list"),
    path("activites/bibliotheques/", library_list, name="library_list"),
    path("activites/<slug:code>/", activity, name="activity"),
    path("activites/<slug:code>/resultats/", activity_results, name="activity_results"),
    path("formations/<page_key:curriculum_id>/paquet/", course_pack, name="course_pack"),
    path("formations/<page_key:curriculum_id>/versions/", version_list, name="versions"),
    path(
        "formations/<page_key:curriculum_id>/versions/<int:version_id>/",
        version_text,
        name="version",
    ),
    path(
        "formations/<page_key:curriculum_id>/versions/<int:before_id>/<int:after_id>/",
        version_changes,
        name="version_changes",
    ),
    path("sensibilisation/<page_key:page_id>/fiche/", awareness_sheet, name="awareness_sheet"),
    path("recherche/", search_site, name="search"),
    path("lecons/<page_key:lesson_id>/lue/", complete_lesson, name="complete_lesson"),
    path(
        "lecons/<page_key:lesson_id>/verifications/<str:block>/",
        answer_lesson_check,
        name="answer_check",
    ),
    path("lecons/<page_key:lesson_id>/note/", write_lesson_note, name="write_note"),
    path("mes-notes/", my_notes, name="my_notes"),
    path("mes-notes/<int:note_id>/effacer/", delete_note, name="delete_note"),
    path("parcours/suivre/<page_key:curriculum_id>/", follow_curriculum, name="follow"),
    path("parcours/<int:run_id>/reprendre/", resume_curriculum, name="resume"),
    path("parcours/<int:run_id>/quitter/", leave_curriculum, name="leave"),
    path("parcours/<int:run_id>/terminer/", close_curriculum, name="close"),
]
