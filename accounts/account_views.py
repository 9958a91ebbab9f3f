"""« Mon compte », and the administrator's screens: accounts and roles, never a figure."""

import uuid
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from accounts import account_keeping, entrusted_roles
from accounts.account_forms import (
    AccountFilter,
    AccountForm,
    NewPersonForm,
    PersonSearch,
    RoleForm,
    identifiers_on_record,
)
from accounts.account_opening import (
    OpenedAccount,
    open_account,
    open_account_of_new_person,
    similar_persons,
)
from accounts.account_search import PERSONS_SHOWN, ROLES_IN_FORCE, accounts_found, persons_found
from accounts.account_wording import (
    access_of,
    identifiers_of,
    identity_of,
    person_line,
    role_line,
)
from accounts.audience import audience
from accounts.enums import Audience
from accounts.models import Person, RoleAssignment, User
from accounts.people import AccountRefused
from accounts.roles import assignments_of
from accounts.signed_in import account_of

ACCOUNTS_PER_PAGE = 25


@audience(Audience.SIGNED_IN)
def own_account(request: HttpRequest) -> HttpResponse:
    """Show somebody their own account: who, which identifiers, which roles, how to protect it."""
    user = account_of(request)
    context = {
        "identity": identity_of(user.person) if user.person else [],
        "identifiers": identifiers_of(user),
        "roles": [role_line(assignment) for assignment in assignments_of(user)],
        "has_second_factor": is_mfa_enabled(user),
    }
    return render(request, "accounts/own_account.html", context)


@audience(Audience.ADMINISTRATOR)
def account_list(request: HttpRequest) -> HttpResponse:
    """List the accounts that the filter keeps, 25 a page."""
    form = AccountFilter(request.GET)
    form.is_valid()
    wanted = form.cleaned_data
    found = accounts_found(
        day=timezone.localdate(),
        text=wanted.get("q", ""),
        role=wanted.get("role", ""),
        state=wanted.get("etat", ""),
    )
    page = Paginator(found, ACCOUNTS_PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "account": user,
            "identifiers": identifiers_of(user),
            "roles": [role_line(assignment) for assignment in getattr(user, ROLES_IN_FORCE)],
        }
        for user in page.object_list
    ]
    context = {
        "form": form,
        "page": page,
        "rows": rows,
        "is_filtered": any(wanted.values()),
    }
    return render(request, "accounts/account_list.html", context)


@audience(Audience.ADMINISTRATOR)
def new_account(request: HttpRequest) -> HttpResponse:
    """First step of opening an account: is the person on record already?"""
    form = PersonSearch(request.GET if "q" in request.GET else None)
    found = persons_found(form.cleaned_data["q"]) if form.is_valid() else []
    context = {
        "form": form,
        "is_searched": form.is_valid(),
        "persons": [person_line(person) for person in found[:PERSONS_SHOWN]],
        "has_more": len(found) > PERSONS_SHOWN,
        "trail": _trail(_("Ouvrir un compte")),
    }
    return render(request, "accounts/new_account.html", context)


@audience(Audience.ADMINISTRATOR)
@sensitive_variables("opened")
def new_account_of(request: HttpRequest, person_uuid: uuid.UUID) -> HttpResponse:
    """Open the account of a person on record, and show its first password once."""
    person = get_object_or_404(Person.objects.kept().select_related("user"), uuid=person_uuid)
    owner = User.objects.filter(person=person).first()
    if owner is not None:
        messages.info(
            request,
            _("%(person)s a déjà un compte. Si le mot de passe s'est perdu, faites-en un autre.")
            % {"person": person},
        )
        return redirect("accounts:account", user_id=owner.pk)
    form = AccountForm(
        request.POST if request.method == "POST" else None, initial=identifiers_on_record(person)
    )
    if request.method == "POST" and form.is_valid():
        try:
            opened = open_account(
                person=person,
                identifiers=form.identifiers,
                first_role=form.first_role,
                by=account_of(request),
            )
        except AccountRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _show_once(request, opened, is_new=True)
    context = {
        "form": form,
        "person": person,
        "identity": identity_of(person),
        "trail": _trail(_("Ouvrir un compte")),
    }
    return render(request, "accounts/new_account_of.html", context)


@audience(Audience.ADMINISTRATOR)
@sensitive_variables("opened")
def new_person(request: HttpRequest) -> HttpResponse:
    """Record a person with an account, once those who resemble them have been looked at."""
    form = NewPersonForm(request.POST if request.method == "POST" else None)
    alike: list[Person] = []
    if request.method == "POST" and form.is_valid():
        alike = similar_persons(identity=form.identity, identifiers=form.identifiers)
        if not alike or form.cleaned_data["is_somebody_else"]:
            try:
                opened = open_account_of_new_person(
                    identity=form.identity,
                    identifiers=form.identifiers,
                    first_role=form.first_role,
                    by=account_of(request),
                )
            except AccountRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                return _show_once(request, opened, is_new=True)
    context = {
        "form": form,
        "persons": [person_line(person) for person in alike],
        "trail": _trail(_("Nouvelle personne")),
    }
    return render(request, "accounts/new_person.html", context)


@audience(Audience.ADMINISTRATOR)
def account(request: HttpRequest, user_id: int) -> HttpResponse:
    """Show one account, and give it a role."""
    user = get_object_or_404(User.objects.select_related("person__profession"), pk=user_id)
    form = RoleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            given = entrusted_roles.entrust_role(
                user=user,
                role=asked["role"],
                territory=asked["territory"],
                organization=asked["organization"],
                by=account_of(request),
            )
        except AccountRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                _("%(user)s a maintenant le rôle « %(role)s ».")
                % {"user": user, "role": given.get_role_display()},
            )
            return redirect("accounts:account", user_id=user.pk)
    return render(request, "accounts/account.html", _account_context(request, user, form))


def _account_context(request: HttpRequest, user: User, form: RoleForm) -> dict[str, Any]:
    assignments = user.role_assignments.select_related("territory", "organization")
    today = timezone.localdate()
    in_force = assignments.in_force(today).order_by("started_on", "pk")
    ended = assignments.filter(ended_on__lt=today).order_by("-ended_on", "-pk")
    return {
        "account": user,
        "identity": identity_of(user.person) if user.person else [],
        "access": access_of(user, has_second_factor=is_mfa_enabled(user)),
        "roles": [role_line(assignment) for assignment in in_force],
        "ended_roles": [role_line(assignment) for assignment in ended],
        "form": form,
        "stamp": account_keeping.password_stamp(user),
        "is_own": user.pk == request.user.pk,
        "trail": _trail(str(user)),
    }


@audience(Audience.ADMINISTRATOR)
@require_POST
def end_role(request: HttpRequest, user_id: int, assignment_id: int) -> HttpResponse:
    """Take a role back at once."""
    assignment = get_object_or_404(RoleAssignment, pk=assignment_id, user=user_id)
    try:
        entrusted_roles.end_role(assignment=assignment, by=account_of(request))
    except AccountRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("Le rôle « %(role)s » est retiré.") % {"role": assignment.get_role_display()}
        )
    return redirect("accounts:account", user_id=user_id)


@audience(Audience.ADMINISTRATOR)
@require_POST
@sensitive_variables("password")
def renew_password(request: HttpRequest, user_id: int) -> HttpResponse:
    """Give an account a new password and show it once."""
    user = get_object_or_404(User.objects.select_related("person"), pk=user_id)
    try:
        password = account_keeping.renew_password(
            user=user, stamp=request.POST.get("stamp", ""), by=account_of(request)
        )
    except AccountRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("accounts:account", user_id=user.pk)
    return _show_once(request, OpenedAccount(user=user, password=password), is_new=False)


@audience(Audience.ADMINISTRATOR)
@require_POST
def deactivate(request: HttpRequest, user_id: int) -> HttpResponse:
    """Close an account."""
    user = get_object_or_404(User, pk=user_id)
    try:
        account_keeping.deactivate(user=user, by=account_of(request))
    except AccountRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Le compte de %(user)s est désactivé.") % {"user": user})
    return redirect("accounts:account", user_id=user.pk)


@audience(Audience.ADMINISTRATOR)
@require_POST
def reactivate(request: HttpRequest, user_id: int) -> HttpResponse:
    """Open a closed account again."""
    user = get_object_or_404(User, pk=user_id)
    try:
        account_keeping.reactivate(user=user, by=account_of(request))
    except AccountRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Le compte de %(user)s est réactivé.") % {"user": user})
    return redirect("accounts:account", user_id=user.pk)


@sensitive_variables("opened")
def _show_once(request: HttpRequest, opened: OpenedAccount, *, is_new: bool) -> HttpResponse:
    """Answer the POST itself with the password: it is in no address, message or database."""
    context = {
        "account": opened.user,
        "password": opened.password,
        "identifiers": identifiers_of(opened.user),
        "is_new": is_new,
    }
    response = render(request, "accounts/first_password.html", context)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _trail(label: str) -> list[dict[str, str]]:
    return [
        {"url": reverse("accounts:account_list"), "label": _("Comptes")},
        {"url": "", "label": label},
    ]
