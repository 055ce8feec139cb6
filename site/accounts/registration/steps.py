"""The two pages of registration that are not the form's own: address and password, and the emailed code.

What is typed on them never comes into the draft: `PendingRegistration` holds it, the password as a hash.
"""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from accounts import known_browser, next_page, sign_in
from accounts.backends import BACKEND
from accounts.forms import CodeForm, why_refused
from accounts.guesses import A_MOMENT, BUSY, room_to_hash
from accounts.limits import REGISTERING
from accounts.masking import masked
from accounts.models import PendingRegistration, User, email_key
from accounts.outside import joining
from accounts.outside.journey import Vouched
from accounts.registration import invited, mailbox
from accounts.registration.account import MAILBOX_CODE, TakenError, make, newcomer
from accounts.registration.forms import SignInDetailsForm
from accounts.sending_codes import TooManyCodesError, TooSoonError
from accounts.views.refused import retry_after, too_many_codes
from core import limiter
from core.links import looks_like_link
from forms_engine import plugins
from forms_engine.drafts import Filling
from forms_engine.registries import StepPlugin
from forms_engine.spec import Step
from forms_engine.submit import Changed

# In the address of the page for the code: another was sent, or asked for too soon.
NEW, SOON = "new", "soon"


class SignInDetails:
    """B8, B9: the address that one signs in with, and a password that keeps the rules."""

    sends = False
    label = gettext_lazy("Email address and password of a new account")

    @method_decorator(sensitive_post_parameters("new_password", "again"))
    def page(self, request: HttpRequest, filling: Filling, step: Step) -> HttpResponse:
        pending = _pending(filling)
        vouched = Vouched.in_form(request, filling.draft.pk)
        known = {"email": pending.email if pending else _known_address(request, vouched)}
        posted = request.POST if request.method == "POST" else None
        form = SignInDetailsForm(newcomer(filling.journey.values), posted, initial=known)
        if not form.is_valid():
            return self.show(request, filling, step, form, vouched)
        email, password = form.cleaned_data["email"], form.cleaned_data["new_password"]
        network = limiter.network(request)
        with room_to_hash(email_key(email), network) as has_room:
            if not has_room:
                form.add_error("new_password", BUSY)
                return retry_after(self.show(request, filling, step, form, vouched, status=429), A_MOMENT)
            if vouched and _needs_no_code(vouched, email):
                mailbox.keep_proved(filling.draft.pk, email, password)
                return self.next(filling, step)
            try:
                mailbox.keep(filling.draft.pk, email, password, filling.party.browser, network)
            except TooManyCodesError as error:
                return too_many_codes(request, REGISTERING.most, error.seconds)
        return self.next(filling, step)

    def next(self, filling: Filling, step: Step) -> HttpResponse:
        plugins.done(filling, step)
        return redirect(plugins.next_url(filling, step, checking=False))

    def show(
        self,
        request: HttpRequest,
        filling: Filling,
        step: Step,
        form: SignInDetailsForm,
        vouched: Vouched | None,
        *,
        status: int = 200,
    ) -> HttpResponse:
        context = plugins.page(filling, step, problems=form.error_list())
        context |= {"form": form, "vouched": vouched}
        return render(request, "accounts/registration/sign_in_details.html", context, status=status)


class MailboxCode:
    """B10: the code that shows that the address is hers. The account is made with it, and she is signed in.

    A2: where an outside service vouches for the address, and the council takes its word, a button is enough.
    """

    sends = True
    label = gettext_lazy("Security code that makes a new account")

    @method_decorator(sensitive_post_parameters("code"))
    def page(self, request: HttpRequest, filling: Filling, step: Step) -> HttpResponse:
        pending = _pending(filling)
        # Too long ago: it was deleted. Or the name is another since, which that page refuses.
        if pending is None or looks_like_link(newcomer(filling.journey.values).full_name):
            return redirect(_details_url(filling))
        vouched = Vouched.in_form(request, filling.draft.pk)
        if vouched and _needs_no_code(vouched, pending.email):
            return self.vouched_for(request, filling, step, vouched, pending)
        if not pending.has_code:  # What was vouched for is too long ago.
            return redirect(_details_url(filling))
        if request.method == "POST" and NEW in request.GET:
            return self.send_again(request, filling, step, pending)
        form = CodeForm(request.POST if request.method == "POST" else None)
        if not form.is_valid():
            return self.show(request, filling, step, pending, form)
        with transaction.atomic():
            held = PendingRegistration.objects.select_for_update().filter(pk=pending.pk).first()
            if held is None:  # A second click: the first has made the account.
                return redirect("forms:resume", filling.draft.pk)
            is_right = held.check_code(filling.party.browser, form.cleaned_data["code"])
        if is_right:
            try:
                return _come_in(request, filling, make(filling, step, held, timezone.now()))
            except Changed:  # An answer, in another window, at this moment.
                return redirect(plugins.step_url(filling, step))
            except TakenError:
                # Whoever has it now hears of it by email. Here it is a code that does not work, as for any stranger.
                pass
        form.add_error("code", why_refused(held))
        return self.show(request, filling, step, held, form)

    def vouched_for(
        self,
        request: HttpRequest,
        filling: Filling,
        step: Step,
        vouched: Vouched,
        pending: PendingRegistration,
    ) -> HttpResponse:
        if request.method == "POST":
            try:
                return _come_in(request, filling, make(filling, step, pending, timezone.now()))
            except Changed:
                return redirect(plugins.step_url(filling, step))
            except (
                TakenError
            ):  # By her own second click, or by another registration: it says itself what is next.
                return redirect("forms:resume", filling.draft.pk)
        context = plugins.page(filling, step) | {
            "heading": _("Make your account"),
            "address": pending.email,
            "vouched": vouched,
            "details": _details_url(filling),
        }
        return render(request, "accounts/registration/vouched.html", context)

    def send_again(
        self, request: HttpRequest, filling: Filling, step: Step, pending: PendingRegistration
    ) -> HttpResponse:
        url = plugins.step_url(filling, step)
        try:
            mailbox.send_again(pending, filling.party.browser, limiter.network(request))
        except TooSoonError:
            return redirect(f"{url}?{SOON}=yes")
        except TooManyCodesError as error:
            return too_many_codes(request, REGISTERING.most, error.seconds)
        return redirect(f"{url}?{NEW}=yes")

    def show(
        self,
        request: HttpRequest,
        filling: Filling,
        step: Step,
        pending: PendingRegistration,
        form: CodeForm,
    ) -> HttpResponse:
        url = plugins.step_url(filling, step)
        problems = [("new-code" if pending.is_dead else id, message) for id, message in form.error_list()]
        context: dict[str, Any] = plugins.page(filling, step, problems=problems) | {
            "form": form,
            "address": masked(pending.email),
            "is_new": NEW in request.GET,
            "wait": pending.seconds_to_wait if SOON in request.GET else 0,
            "is_dead": pending.is_dead,
            "action": url,
            "new_code": f"{url}?{NEW}=yes",
            "details": _details_url(filling),
            "is_registering": True,
            "vouched": Vouched.in_form(request, filling.draft.pk),
        }
        return render(request, "accounts/registration/code.html", context)


def _pending(filling: Filling) -> PendingRegistration | None:
    return PendingRegistration.objects.filter(draft=filling.draft.pk).first()


def _known_address(request: HttpRequest, vouched: Vouched | None) -> str:
    """The address that stands in its box already. An invitation counts for the one that it went to alone."""
    return invited.address(request) or (vouched.told.email if vouched else "")


def _needs_no_code(vouched: Vouched, email: str) -> bool:
    """Whether its word is enough. Where the address has an account, its owner hears of it as ever, by a letter."""
    return vouched.proves(email) and not User.objects.filter(email_key=email_key(email)).exists()


def _details_url(filling: Filling) -> str:
    step = next(step for step in filling.form.steps if step.plugin == SIGN_IN_DETAILS)
    return plugins.step_url(filling, step)


def _come_in(request: HttpRequest, filling: Filling, person: User) -> HttpResponse:
    """She has proved password and mailbox a moment ago: nothing is asked again. Nor who she is elsewhere."""
    bound_for, vouched = next_page.kept(request), Vouched.in_form(request, filling.draft.pk)
    Vouched.forget(request)
    sign_in.let_in(request, person, person.email_code, BACKEND)
    if vouched:
        _join(request, person, vouched)
    response = redirect(bound_for)
    known_browser.remember(request, response, person.email_key)
    return response


def _join(request: HttpRequest, person: User, vouched: Vouched) -> None:
    try:
        joining.join(person, vouched.provider, vouched.subject, request)
    except IntegrityError:  # Meanwhile it is another account's.
        return
    messages.success(request, _("You can now sign in with %(name)s.") % {"name": vouched.provider.name})


SIGN_IN_DETAILS = "accounts.sign-in-details"
PLUGINS: dict[str, StepPlugin] = {SIGN_IN_DETAILS: SignInDetails(), MAILBOX_CODE: MailboxCode()}
