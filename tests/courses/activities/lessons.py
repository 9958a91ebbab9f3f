"""A lesson that holds an activity, whoever follows it, and the activity ready to play."""

from pathlib import Path

from accounts.enums import Role
from accounts.models import Person
from courses.activities.library_approval import approve_libraries
from courses.activities.package_import import import_activity
from courses.curriculum_import import import_curriculum
from courses.lesson_parts import Activity as ActivityPart
from courses.models import ActivityVersion, CourseRun, LessonPage, curriculum_of
from courses.progress import start_run
from tests.courses.activities.packages import Files, quiz_files, write_package
from tests.factories.accounts import make_user
from tests.factories.courses import ParsedModule, lessons_of, parsed_curriculum, parsed_lesson

CODE = "premiers-gestes"


def lesson_with(code: str = CODE, *, slug: str = "reperer") -> LessonPage:
    """The first of two lessons of a published curriculum; the second holds no activity."""
    part = ActivityPart(title="Entraînement", code=code)
    module = ParsedModule("un", "Un", "Premier.", (parsed_lesson("a", part), parsed_lesson("b")))
    parsed = parsed_curriculum(slug, module)
    return lessons_of(import_curriculum(parsed=parsed).curriculum)[0]


def follow(person: Person, lesson: LessonPage) -> CourseRun:
    return start_run(person=person, curriculum=curriculum_of(lesson))


def imported(
    tmp_path: Path, files: Files | None = None, *, code: str = CODE, approve: bool = True
) -> ActivityVersion:
    """An imported package, its libraries approved."""
    name = f"{code}.zip"
    version = import_activity(path=write_package(tmp_path / name, files or quiz_files()), code=code)
    if approve:
        ids = [library.pk for library in version.libraries.all()]
        approve_libraries(ids=ids, by=make_user(Role.ADMINISTRATOR))
    return version
