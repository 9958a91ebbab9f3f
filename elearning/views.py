from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.audience import audience
from accounts.enums import Audience
from elearning.arrival import arrival_url


@audience(Audience.SIGNED_IN)
def after_sign_in(request: HttpRequest) -> HttpResponse:
    """Send each role to the page where its work starts."""
    return redirect(arrival_url(request.user))
