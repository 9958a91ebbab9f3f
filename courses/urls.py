from django.urls import path

from courses import views

app_name = "courses"

urlpatterns = [
    path("lecons/<int:lesson_id>/lue/", views.complete_lesson, name="complete_lesson"),
]
