from courses.models.pages import (
    AwarenessIndexPage,
    AwarenessPage,
    BasePage,
    CatalogueIndexPage,
    CurriculumPage,
    GlossaryPage,
    HomePage,
    LessonPage,
    ModulePage,
)
from courses.models.progress import CourseRun, LessonCompletion
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
]
