"""Two small activities of our own in two lessons: one in H5P, one in SCORM."""

import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from accounts.models import User
from courses.activities.library_approval import approve_libraries
from courses.activities.package_import import import_activity
from courses.activities.results import lesson_offers
from courses.models import ActivityVersion, LessonPage

PACKAGES = Path(__file__).parent / "packages"


@dataclass(frozen=True)
class DemoActivity:
    """A folder of `packages/`, and the lesson at whose end it is offered."""

    code: str
    folder: str
    suffix: str
    lesson: str


ACTIVITIES = (
    DemoActivity("classer-acte-moyen-but", "classer", ".h5p", "acte-moyen-but"),
    DemoActivity("decider-devant-un-signe", "signes", ".zip", "signes-dalerte"),
)


def seed_activities(*, editor: User, administrator: User) -> list[ActivityVersion]:
    """Import both, approve their code and put them in their lessons; again changes nothing."""
    return [_seed(planned, editor, administrator) for planned in ACTIVITIES]


def _seed(planned: DemoActivity, editor: User, administrator: User) -> ActivityVersion:
    with tempfile.TemporaryDirectory(prefix="activity-") as folder:
        path = _packed(planned, Path(folder))
        version = import_activity(path=path, code=planned.code, by=editor)
    ids = list(version.libraries.values_list("pk", flat=True))
    approve_libraries(ids=ids, by=administrator)
    for lesson in LessonPage.objects.live().filter(slug=planned.lesson):
        if not lesson_offers(lesson, planned.code):
            value = {"title": version.activity.title, "code": planned.code}
            lesson.body.append(("activity", value))
            lesson.save_revision(user=editor).publish()
    return version


def _packed(planned: DemoActivity, into: Path) -> Path:
    """Zip the folder in one order and with one date: the same files are the same package."""
    source = PACKAGES / planned.folder
    path = into / f"{planned.code}{planned.suffix}"
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(file for file in source.rglob("*") if file.is_file()):
            entry = zipfile.ZipInfo(file.relative_to(source).as_posix())
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, file.read_bytes())
    return path
