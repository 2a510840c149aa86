"""Pages: who is who, for whom one acts, who is responsible for what."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from governance.stakeholders import reading, vacancies
from governance.stakeholders.actions import EndMandate, VerifyIdentity
from governance.stakeholders.actors import SESSION_KEY, actor_for
from governance.stakeholders.filters import OrganisationFilter
from governance.stakeholders.forms import CounterForm, TokenForm
from governance.stakeholders.models import Delegation, Household, Mandate, Membership, Stakeholder
from governance.stakeholders.vocabulary import StakeholderKind
from governance.web import offers
from governance.web.party import for_whoever
from governance.web.views import ActionView, RecordListView, RecordView

MET, MOST_MET = "met_at_the_counter", 20  # who was found by the reference they brought along; forgotten with the session
OPEN_TO_ALL = ("entitlements:own", "stakeholders:me")  # pages there is something on for whomever one acts


@for_whoever
@require_POST
@login_required
def switch(request: HttpRequest) -> HttpResponse:
    """Act for somebody else from now on. What stood on the page may be nothing for them: one begins with what waits for them."""
    choice = request.POST.get("stakeholder", "")[:20]
    actor = actor_for(request.user, choice)
    if actor.current != choice:
        messages.warning(request, _("You cannot act for them any more."))
    request.session[SESSION_KEY] = actor.current
    if request.POST.get("next") in map(reverse, OPEN_TO_ALL):
        return HttpResponseRedirect(request.POST["next"])
    return HttpResponseRedirect(reverse("web:home" if actor.kind in (None, StakeholderKind.CITIZEN) else "web:worklist"))


@require_safe
@login_required
def me(request: HttpRequest) -> HttpResponse:
    """My account: what I act for, who may act for me, my household, how sure the system is who I am."""
    return render(request, "stakeholders/me.html", reading.account(request.actor) | {"yours": offers.entries(request.actor, footer=offers.YOURS)})


@require_safe
def responsibilities(request: HttpRequest) -> HttpResponse:
    """The published list of powers and duties: by area, program and duty."""
    asked: dict[str, Any] = {name: request.GET.get(name, "")[:100].replace("\0", "") for name in ("area", "program", "duty", "q")}
    return render(request, "stakeholders/responsibilities.html", reading.responsibilities(**asked))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def tokens(request: HttpRequest) -> HttpResponse:
    """Access tokens for programs: made, shown once, revoked."""
    form = TokenForm(request.POST or None)
    made = ""
    if request.method == "POST" and "revoke" in request.POST:
        reading.revoke_token(request.actor, request.POST["revoke"])
        return redirect("stakeholders:tokens")
    if request.method == "POST" and form.is_valid():
        made = reading.make_token(request.actor, **form.cleaned_data)
        form = TokenForm()
    context = {"form": form, "made": made, "tokens": reading.tokens_of(request.actor)}
    return render(request, "stakeholders/tokens.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def counter(request: HttpRequest) -> HttpResponse:
    """The counter: an officer finds somebody by the reference on their account page, and nobody by browsing."""
    form = CounterForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        met = form.cleaned_data["reference"].pk
        request.session[MET] = [*(pk for pk in request.session.get(MET, []) if pk != met), met][-MOST_MET:]
        return redirect("stakeholders:stakeholder-act", met, "verify-identity")
    return render(request, "stakeholders/counter.html", {"form": form}, status=422 if form.errors else 200)


class OrganisationListView(RecordListView):
    """Every organisation in the register, for everybody."""

    model = Stakeholder
    filterset_class = OrganisationFilter
    orders = {"name": ("name_pinyin", "id"), "newest": ("-created_at", "-id")}
    columns = (
        ("reference", "reference"), ("name", "name"), ("kind", "kind"), ("type", "subkind"), ("state", "state"),
        ("credit code", "uscc"), ("area", "area_id"), ("telephone", "phone"), ("address", "address"),
    )  # fmt: skip
    open_to_public = True

    def rows(self) -> Any:
        return super().rows().organisations()


class StakeholderView(RecordView):
    """One organisation, for everybody; a person for themselves and for an officer at a counter."""

    model = Stakeholder
    open_to_public = True

    def context(self, record: Stakeholder) -> dict[str, Any]:
        return super().context(record) | reading.stakeholder(record, self.actor)


class StakeholderActionView(ActionView):
    """What is done with somebody; at a counter, with whom the session has met there, and with nobody else."""

    def find_record(self, pk: int) -> Any:
        if pk in self.request.session.get(MET, []):
            met = self.model.objects.open_to(VerifyIdentity, self.actor).with_actions(self.actor).filter(pk=pk).first()
            if met is not None:
                return met
        return super().find_record(pk)

    def after(self, changed: Any) -> str:
        return reverse("stakeholders:counter") if self.action is VerifyIdentity else super().after(changed)


class MembershipView(RecordView):
    """A membership or an invitation."""

    model = Membership


class MembershipListView(RecordListView):
    """The members of the organisation one acts for, and what one was invited to."""

    model = Membership


class MandateView(RecordView):
    """One line of the list of powers and duties."""

    model = Mandate
    open_to_public = True


class MandateActionView(ActionView):
    """Before a mandate is ended one sees what it leaves behind."""

    def beside(self) -> dict[str, Any]:
        return {"left": vacancies.left_behind(self.record)} if self.action is EndMandate else {}


class DelegationView(RecordView):
    """What somebody lets another do: the receipt of it."""

    model = Delegation


class DelegationListView(RecordListView):
    """Whom one lets act, and for whom one may act."""

    model = Delegation


class HouseholdView(RecordView):
    """Who lives and reckons together."""

    model = Household

    def context(self, record: Household) -> dict[str, Any]:
        return super().context(record) | {"members": list(record.members.all())}


class HouseholdListView(RecordListView):
    """Households: one's own, or those an office keeps the register of."""

    model = Household
