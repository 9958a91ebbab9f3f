from courses.models.activities import (
    Activity,
    ActivityLibrary,
    ActivityResult,
    ActivityVersion,
)
from courses.models.base_page import BasePage
from courses.models.curriculum_pages import (
    CatalogueIndexPage,
    CurriculumPage,
    LessonPage,
    ModulePage,
    curriculum_of,
)
from courses.models.curriculum_terms import CurriculumTerm
from courses.models.downloads import DownloadCount
from courses.models.progress import CheckAnswer, CourseRun, LessonCompletion, LessonNote
from courses.models.recordings import Recording
from courses.models.site_pages import AwarenessIndexPage, AwarenessPage, GlossaryPage, HomePage
from courses.models.versions import CurriculumVersion
from courses.models.vocabulary import GlossaryTerm, Topic

__all__ = [
    "Activity",
    "ActivityLibrary",
    "ActivityResult",
    "ActivityVersion",
    "AwarenessIndexPage",
    "AwarenessPage",
    "BasePage",
    "CatalogueIndexPage",
    "CheckAnswer",
    "CourseRun",
    "CurriculumPage",
    "CurriculumTerm",
    "CurriculumVersion",
    "DownloadCount",
    "GlossaryPage",
    "GlossaryTerm",
    "HomePage",
    "LessonCompletion",
    "LessonNote",
    "LessonPage",
    "ModulePage",
    "Recording",
    "Topic",
    "curriculum_of",
]
