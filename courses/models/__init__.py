from courses.models.base_page import BasePage
from courses.models.curriculum_pages import (
    CatalogueIndexPage,
    CurriculumPage,
    LessonPage,
    ModulePage,
    curriculum_of,
)
from courses.models.progress import CourseRun, LessonCompletion
from courses.models.site_pages import AwarenessIndexPage, AwarenessPage, GlossaryPage, HomePage
from courses.models.vocabulary import GlossaryTerm, Topic

__all__ = [
    "AwarenessIndexPage",
    "AwarenessPage",
    "BasePage",
    "CatalogueIndexPage",
    "CourseRun",
    "CurriculumPage",
    "GlossaryPage",
    "GlossaryTerm",
    "HomePage",
    "LessonCompletion",
    "LessonPage",
    "ModulePage",
    "Topic",
    "curriculum_of",
]
