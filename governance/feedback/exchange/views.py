"""The methods of the standard."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, QueryDict
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from governance.actions import Once, Refusal
from governance.api import inputs
from governance.api import problems as interface
from governance.feedback import following
from governance.feedback.actions import SubmitMatter
from governance.feedback.exchange import kinds, requests
from governance.feedback.exchange.formats import Answer, JsonRenderer, XmlRenderer, errors
from governance.feedback.exchange.requests import MOST, Misasked
from governance.feedback.models import Matter
from governance.receipts import codes
from governance.stakeholders.authentication import ByToken
from governance.stakeholders.models import Area

REQUESTS = ("service_requests", "request")
CALLED = {"text": "description", "area": "address_string", "telephone": "phone", "kind": "service_code", "category": "service_code"}


class ByKey(ByToken):
    """``api_key``, in the address or among what is posted: an access token, as an account issues it for a program."""

    def authenticate(self, request: Any) -> tuple[Any, Any] | None:
        key = request.query_params.get("api_key") or (request.data.get("api_key") if request.method == "POST" else None)
        return self.known(request, key) if key else super().authenticate(request)

    def authenticate_header(self, request: Any) -> str | None:
        return None  # the standard answers 403, not 401


class Method(APIView):
    """A method: its answer in XML or JSON as the address ends, its errors in the same form."""

    authentication_classes = [ByKey]
    renderer_classes = [XmlRenderer, JsonRenderer]
    parser_classes = [FormParser, MultiPartParser]
    schema = None  # the standard describes it

    @property
    def asked(self) -> QueryDict:
        """What is asked for; the jurisdiction is an area's code, or left out."""
        asked = self.request.query_params if self.request.method == "GET" else self.request.data
        if any("\0" in value for name in asked for value in asked.getlist(name)):
            raise Misasked(_("Null characters are not allowed."))
        return asked

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        code = self.asked.get("jurisdiction_id", "").strip()
        self.jurisdiction = Area.objects.called(code).first() if code.isdecimal() else None
        if code and self.jurisdiction is None:
            raise Misasked(_("There is no such jurisdiction_id. It is the code of an area, such as 990100."), status=404)

    def further(self, **more: str) -> str:
        """The address of the next page, for the Link header."""
        asked = self.asked.copy()
        for name in ("api_key", "page"):
            asked.pop(name, None)
        for name, value in more.items():
            asked[name] = value
        return f'<{self.request.build_absolute_uri(self.request.path)}?{asked.urlencode()}>; rel="next"'

    def handle_exception(self, raised: Exception) -> Response:
        status, descriptions = told_of(raised)
        if not status:
            return super().handle_exception(raised)
        answer = Response(errors(status, descriptions), status=status, exception=True)
        if wait := getattr(raised, "wait", None):
            answer["Retry-After"] = str(max(1, round(wait)))
        return answer


def told_of(raised: Exception) -> tuple[int, list[str]]:
    """The status and the sentences of an error that the standard has a form for; 0 if it is not one."""
    if isinstance(raised, Misasked):
        return raised.status, list(raised.descriptions)
    if isinstance(raised, Http404):
        return 404, [_("There is nothing here.")]
    if isinstance(raised, Refusal):
        return (404 if raised.status == 404 else 400), [str(raised)]
    if isinstance(raised, exceptions.ValidationError):
        found = [(one["pointer"].strip("/"), one["detail"]) for one in interface.flattened(raised.detail)]
        return 400, [f"{CALLED.get(name, name)}: {detail}".removeprefix(": ") for name, detail in found]
    if isinstance(raised, exceptions.AuthenticationFailed | exceptions.NotAuthenticated):
        return 403, [_("api_key is not valid, or not any more.")]
    if isinstance(raised, exceptions.APIException):
        return raised.status_code, [str(raised.detail)]
    return 0, []


class DiscoveryView(Method):
    """Where everything is."""

    def get(self, request: Any, format: str) -> Response:
        address = request.build_absolute_uri(reverse("open311:services", args=[format])).rpartition("/")[0]
        endpoint = {"specification": "http://wiki.open311.org/GeoReport_v2", "url": address, "changeset": "2026-11-24T00:00:00+08:00", "type": "production", "formats": ["text/xml", "application/json"]}
        told = {"changeset": "2026-11-24T00:00:00+08:00", "contact": _("Ask or complain on this site."), "key_service": request.build_absolute_uri("/me/tokens/"), "endpoints": [endpoint]}
        return Response(Answer("discovery", "", told))


class ServicesView(Method):
    """What can be handed over."""

    def get(self, request: Any, format: str) -> Response:
        return Response(Answer("services", "service", kinds.every()))


class DefinitionView(Method):
    """What a service asks for."""

    def get(self, request: Any, code: str, format: str) -> Response:
        if kinds.parts_of(code) is None:
            raise Misasked(_("There is no such service_code."), status=404)
        return Response(Answer("service_definition", "", kinds.definition(code)))


class RequestsView(Method):
    """What was handed over and is public, or one's own; and handing something over."""

    def get(self, request: Any, format: str) -> Response:
        rows = requests.wanted(self.asked, requests.seen_by(request.actor))
        if self.jurisdiction:
            rows = rows.within(self.jurisdiction.code)
        number, size = _number(self.asked, "page", 1, 10**6), _number(self.asked, "page_size", MOST, MOST)
        if last := Matter.objects.of_reference(self.asked.get("after", "")):
            rows, number = rows.older_than(last), 1  # what was published meanwhile moves no page
        found = list(rows[(number - 1) * size : number * size + 1])
        in_full = self.asked.get("extensions") == "true"
        answer = Response(Answer(*REQUESTS, [requests.told(one, in_full=in_full) for one in found[:size]]))
        if len(found) > size:
            answer["Link"] = self.further(after=found[size - 1].reference)
        return answer

    def post(self, request: Any, format: str) -> Response:
        if request.actor.user_id is None:
            raise Misasked(_("api_key is needed to hand something over."), status=403)
        actor = requests.poster(request.actor)
        form = inputs.bound(SubmitMatter, actor, None, requests.inputs(self.asked))
        if not form.is_valid():
            raise exceptions.ValidationError(inputs.errors_of(form))
        made = SubmitMatter.do(actor, once=self.once(form.cleaned_data), **form.cleaned_data)
        told = {"service_notice": _("Keep the number: it is asked for when somebody follows the matter."), "account_id": None}
        if made.kind in kinds.CONFIDENTIAL:
            told = {"token": following.code_of(made.events.earliest("done_at").pk)} | told
        else:
            told = {"service_request_id": made.reference} | told
        return Response(Answer(*REQUESTS, [told]), status=201)

    def once(self, data: dict[str, Any]) -> Once | None:
        """A request repeated with the same Idempotency-Key does nothing twice."""
        key = self.request.headers.get("Idempotency-Key", "")[:200]
        content = {name: str(getattr(value, "pk", value)) for name, value in data.items()}
        return Once.by(self.request.actor, "open311", key, {"path": self.request.path, "input": content}) if key else None


class RequestView(Method):
    """One of them."""

    def get(self, request: Any, number: str, format: str) -> Response:
        found = requests.seen_by(request.actor).filter(reference=number).first()
        if found is None:
            raise Misasked(_("There is no such service_request_id, or it is not public."), status=404)
        return Response(Answer(*REQUESTS, [requests.told(found, in_full=self.asked.get("extensions") == "true")]))


class TokenView(Method):
    """The number behind a tracking code."""

    def get(self, request: Any, token: str, format: str) -> Response:
        try:
            matter = following.matter_of(token)
        except codes.Misheard:
            raise Misasked(_("One letter or figure of this token is wrong."), status=404) from None
        if matter is None:
            raise Misasked(_("There is no such token."), status=404)
        return Response(Answer(*REQUESTS, [{"service_request_id": matter.reference, "token": token}]))


class UpdatesView(Method):
    """What became of what is public, step by step."""

    def get(self, request: Any, format: str) -> Response:
        start, end = requests.span(self.asked)
        number, size = _number(self.asked, "page", 1, 10**6), _number(self.asked, "page_size", MOST, MOST)
        steps = Matter.objects.published().steps_between(start, end)
        if (last := _uuid(self.asked.get("after", ""))) is not None:
            steps, number = steps.filter(pk__lt=last), 1  # identifiers are in order of time
        steps = list(steps[(number - 1) * size : number * size + 1])
        told = [
            {
                "update_id": str(event.pk),
                "service_request_id": event.reference,
                "status": "closed" if event.end in requests.CLOSED else "open",
                "updated_datetime": requests.w3c(event.done_at),
                "description": str(event.act.description) if event.act else event.action,
                "media_url": None,
            }
            for event in steps[:size]
        ]
        answer = Response(Answer("service_request_updates", "request_update", told))
        if len(steps) > size:
            answer["Link"] = self.further(after=str(steps[size - 1].pk))
        return answer


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _number(asked: QueryDict, name: str, usual: int, most: int) -> int:
    text = asked.get(name, "").strip() or str(usual)
    if not (text.isascii() and text.isdecimal()) or not 1 <= int(text[:9]) <= most:
        raise Misasked(_("%(name)s is a number from 1 to %(most)d.") % {"name": name, "most": most})
    return int(text)

