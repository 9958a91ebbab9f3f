"""The committee takes a bad item out of a form: every copy is scored again, the reason stays."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.audience import audience
from accounts.enums import Audience
from accounts.signed_in import account_of
from assessments.forms import WithdrawItemForm
from assessments.forms_freeze import ItemNotWithdrawn, withdraw_item
from assessments.models import Attempt, FormItem
from assessments.views.session_board import staff_session


@audience(Audience.COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_form_item(
    request: HttpRequest, code: str, form_code: str, position: int
) -> HttpResponse:
    """Say what the withdrawal does, ask for the reason, do it."""
    session = staff_session(request, code)
    item = get_object_or_404(
        FormItem.objects.select_related("form"), form__code=form_code, position=position
    )
    form = WithdrawItemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            moved = withdraw_item(
                item=item, reason=form.cleaned_data["reason"], by=account_of(request)
            )
        except ItemNotWithdrawn as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                _("Question %(position)s retirée : %(moved)s copie(s) renotée(s).")
                % {"position": position, "moved": moved},
            )
            return redirect("assessments:session_results", session.code)
    context = {
        "session": session,
        "item": item,
        "form": form,
        "copies": Attempt.objects.submitted().filter(form=item.form).count(),
    }
    return render(request, "assessments/withdraw_item.html", context)
