"""The list of sessions, and the page that opens one."""

import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audience import audience
from accounts.enums import Audience, Role
from accounts.models import Person, Territory, User
from accounts.roles import belongs_to, is_national, roles_of, territories_of
from accounts.signed_in import account_of
from trainers.enums import SessionRole
from trainers.forms.sessions import LATE, SessionFilter, SessionForm
from trainers.models import Trainer, TrainingSession
from trainers.models.participations import TRAINED_OR_MORE
from trainers.participation.rule_sets import NoRuleSet
from trainers.sessions.access import sessions_for
from trainers.sessions.codes import propose_code
from trainers.sessions.listing import late_sessions, session_tally
from trainers.sessions.next_step import is_late
from trainers.sessions.planning import (
    SessionRefused,
    TrainerNotQualified,
    assign_trainer,
    create_session,
)
from trainers.sessions.preparing import organizer_named
from trainers.sessions.tabs import days_of, state_kind

PAGE_SIZE = 20


@audience(Audience.TRAINING_STAFF)
@require_safe
def session_list(request: HttpRequest) -> HttpResponse:
    """Own sessions for a trainer, the territory's for a focal point, all for the committee."""
    form = SessionFilter(request.GET)
    reachable = sessions_for(request.user)
    today = timezone.localdate()
    page = Paginator(_with_counts(_filtered(reachable, form)), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    context = {
        "form": form,
        "page": page,
        "rows": [_row(session, today) for session in page],
        "tally": session_tally(reachable, today),
        "scope": _scope_in_words(request),
        "can_take_back": belongs_to(request.user, Audience.VALIDATORS),
        "is_filtered": any(form.data.get(name) for name in form.fields),
    }
    return render(request, "trainers/session_list.html", context)


@audience(Audience.TRAINING_STAFF)
@require_http_methods(["GET", "POST"])
def session_create(request: HttpRequest) -> HttpResponse:
    """Open a session; whoever opens it is its encoder, and never validates it."""
    user = account_of(request)
    form = SessionForm(request.POST or None, user=user, initial=_initial(user))
    if request.method == "POST" and form.is_valid():
        session = _create(form, user)
        if session is not None:
            messages.success(
                request,
                _("La session %(code)s est ouverte. Vous pouvez y inscrire les participants.")
                % {"code": session.code},
            )
            return redirect("trainers:session", session.code)
    context = {"form": form, "folded": _opened_folds(form)}
    return render(request, "trainers/session_create.html", context)


def _opened_folds(form: SessionForm) -> dict[str, bool]:
    """What is folded opens when one of its answers is refused."""
    wrong = set(form.errors)
    length = {"slot_count", "slot_hours", "type", "mode", "ends_on"}
    means = {"title", "organizer", "funder", "plan_item", "plan_activity", "code"}
    return {"length": bool(wrong & length), "means": bool(wrong & means)}


def _filtered(
    sessions: QuerySet[TrainingSession], form: SessionFilter
) -> QuerySet[TrainingSession]:
    if not form.is_valid():
        return sessions
    asked = form.cleaned_data
    if asked["q"]:
        text = asked["q"].strip()
        sessions = sessions.filter(
            Q(code__icontains=text) | Q(title__icontains=text) | Q(venue__icontains=text)
        )
    if asked["etat"] == LATE:
        sessions = late_sessions(sessions, timezone.localdate())
    elif asked["etat"]:
        sessions = sessions.filter(state=asked["etat"])
    if asked["annee"]:
        sessions = sessions.filter(ends_on__year=asked["annee"])
    if asked["region"]:
        within = Territory.objects.within(asked["region"])
        sessions = sessions.filter(territory__in=within.values("pk"))
    return sessions


def _with_counts(sessions: QuerySet[TrainingSession]) -> QuerySet[TrainingSession]:
    trained = Q(participations__status__in=TRAINED_OR_MORE)
    return (
        sessions.select_related("territory")
        .annotate(enrolled=Count("participations"), trained=Count("participations", filter=trained))
        .order_by("-starts_on", "-pk")
    )


def _row(session: Any, today: datetime.date) -> dict[str, Any]:
    return {
        "code": session.code,
        "title": session.title,
        "days": days_of(session),
        "place": session.territory.name,
        "state": session.get_state_display(),
        "state_kind": state_kind(session.state),
        "enrolled": session.enrolled,
        "trained": session.trained,
        "seats": session.seats,
        "is_late": is_late(session.state, session.ends_on, today),
    }


def _scope_in_words(request: HttpRequest) -> str:
    if is_national(request.user):
        return _("Toutes les sessions du pays.")
    names = ", ".join(territory.name for territory in territories_of(request.user))
    if names:
        return _("Vos sessions, et celles de votre territoire : %(names)s.") % {"names": names}
    return _("Les sessions que vous animez ou que vous avez ouvertes.")


def own_trainer(user: User) -> Trainer | None:
    """The account's own record of trainer, if it works as one."""
    if Role.TRAINER not in roles_of(user) or user.person_id is None:
        return None
    return Trainer.objects.filter(person__in=Person.objects.same_as(user.person_id)).first()


def _initial(user: User) -> dict[str, Any]:
    own = own_trainer(user)
    if own is None:
        return {}
    home = own.base_territory.code if own.base_territory else ""
    # Whoever is qualified for nothing today trains without leading: the form does not propose it.
    today = timezone.localdate()
    may_lead = own.qualifications.filter(withdrawn_on=None, expires_on__gte=today).exists()
    return {"lead_trainer": own if may_lead else None, "territory": home}


def _create(form: SessionForm, user: User) -> TrainingSession | None:
    """Call the acts in one transaction; a refusal becomes an error of the form."""
    facts = form.cleaned_data
    try:
        with transaction.atomic():
            return _open_and_staff(form, user)
    except TrainerNotQualified as refusal:
        form.add_error("lead_trainer", str(refusal))
    except NoRuleSet as refusal:
        form.add_error("starts_on", str(refusal))
    except SessionRefused as refusal:
        form.add_error("code" if facts["code"] else None, str(refusal))
    return None


def _open_and_staff(form: SessionForm, user: User) -> TrainingSession:
    facts = form.cleaned_data
    slot_count, slot_minutes = form.half_day_plan
    session = create_session(
        code=facts["code"] or propose_code(facts["territory"], facts["starts_on"]),
        curriculum=facts["curriculum"],
        type=facts["type"],
        title=facts["title"],
        territory=facts["territory"],
        venue=facts["venue"],
        starts_on=facts["starts_on"],
        mode=facts["mode"],
        ends_on=facts["ends_on"],
        slot_count=slot_count,
        slot_minutes=slot_minutes,
        seats=facts["seats"],
        organizer=organizer_named(facts["organizer"], facts["territory"]),
        plan_activity=facts["plan_activity"],
        plan_item=facts["plan_item"],
        funder=facts["funder"],
        encoded_by=user,
    )
    lead, own = facts["lead_trainer"], own_trainer(user)
    if lead is not None:
        assign_trainer(session=session, trainer=lead, role=SessionRole.LEAD_TRAINER)
    if own is not None and own != lead:
        assign_trainer(session=session, trainer=own, role=SessionRole.TRAINER)
    return session
