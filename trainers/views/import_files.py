"""The file of an import between its two steps: kept and read, then applied."""

from collections.abc import Callable

from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest

from accounts.models import User
from accounts.roles import is_national
from accounts.signed_in import account_of
from trainers.evidence import EvidenceRefused, store_evidence
from trainers.models import Evidence, TrainingSession
from trainers.workbooks import UnreadableWorkbook


def kept_upload(
    request: HttpRequest,
    form: BaseForm,
    kind: str,
    check: Callable[..., object],
    *,
    session: TrainingSession | None = None,
) -> Evidence | None:
    """Keep the form's `file`, whatever its rows are worth, once `check` could read it.

    `check` takes `content` and `name`. None when it cannot be read or kept; the form says why.
    """
    upload = form.cleaned_data["file"]
    content = upload.read()
    try:
        check(content=content, name=upload.name)
        return store_evidence(
            kind=kind, content=content, name=upload.name, session=session, by=account_of(request)
        )
    except (UnreadableWorkbook, EvidenceRefused) as refusal:
        form.add_error("file", str(refusal))
        return None


def is_confirmed(request: HttpRequest, evidence: Evidence) -> bool:
    """Whether the button of the second step was pressed, on the very file that was shown."""
    return request.method == "POST" and request.POST.get("sha256") == evidence.sha256


def import_files_for(user: User, kind: str) -> QuerySet[Evidence]:
    """Files left between two steps, of no session or event: one's own, all for the committee."""
    files = Evidence.objects.filter(kind=kind, session=None, event=None)
    return files if is_national(user) else files.filter(uploaded_by=user)
