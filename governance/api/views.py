"""The API kit: lists and records are read, actions are posted."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import exceptions
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response
from rest_framework.views import APIView

from governance.actions import NotSignedIn, NotVisible, Once, OtherParty, Refusal
from governance.actions.inputs import needs_record
from governance.api import inputs, problems
from governance.api.pages import KeysetPagination
from governance.api.serializers import ClockSerializer, EventSerializer, ProblemSerializer, ResultSerializer, result
from governance.web import reads

LONGEST_KEY = 200
SHORTEST_SECRET, FEWEST_CHARACTERS = 22, 8  # of a key without an account: 128 bits in base 64
PROBLEM = OpenApiResponse(ProblemSerializer, description="Problem details (RFC 9457)")
KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
    OpenApiParameter.HEADER,
    description="Your own key for this request: sent again with the same content, it does nothing twice and gives the same answer.",
)
PARTY = OpenApiParameter(
    "Acting-For",
    {"type": "string", "maxLength": 40},
    OpenApiParameter.HEADER,
    description="The reference of the stakeholder you mean to act for. If you act for another one, nothing is done (409).",
)
PAGE_PROBLEMS = {(status, problems.CONTENT_TYPE): PROBLEM for status in (400, 401, 404, 422, 429)}
ACT_PROBLEMS = {(status, problems.CONTENT_TYPE): PROBLEM for status in (400, 401, 403, 404, 409, 415, 422, 429)}


class RecordApi(GenericAPIView):
    """What lists and single records of one kind share."""

    model: Any = None
    filterset_class: Any = None
    orders: dict[str, tuple[str, ...]] = {"newest": ("-created_at", "-id")}
    open_to_public = False
    pagination_class = KeysetPagination

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):
            return self.model.objects.none()
        actor = self.request.actor
        if actor.stakeholder_id is None and not self.open_to_public:
            raise NotSignedIn
        return self.model.objects.visible_to(actor).with_actions(actor).for_display()

    def order(self) -> tuple[str, ...]:
        """The order asked for, or the first."""
        asked = self.request.query_params.get("sort", "")
        if asked and asked not in self.orders:
            raise exceptions.ValidationError({"sort": [", ".join(self.orders)]})
        return self.orders[asked or next(iter(self.orders))]


class RecordListApi(RecordApi):
    """A list: what the reader may see, filtered, in an order, page by page."""

    narrowed: Any = None

    def get(self, request: Any) -> Response:
        rows = self.get_queryset()
        if self.narrowed is not None:
            rows = self.narrowed(rows)
        if self.filterset_class is not None:
            filters = self.filterset_class(request.query_params, queryset=rows, request=request)
            if not filters.is_valid():
                raise exceptions.ValidationError(inputs.errors_of(filters.form))
            rows = filters.qs
        page = self.paginate_queryset(rows)
        reads.read(request, page, reads.PROGRAM)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)


class RecordApiView(RecordApi):
    """One record, with its clocks and events."""

    def get(self, request: Any, pk: int) -> Response:
        record = self.get_queryset().filter(pk=pk).first()
        if record is None:
            raise NotVisible
        reads.read(request, [record], reads.PROGRAM)
        body = dict(self.get_serializer(record).data)
        if request.actor.stakeholder_id is not None or not self.open_to_public:
            body["clocks"] = ClockSerializer(record.clocks.for_display(), many=True).data
            body["events"] = EventSerializer(record.events.for_display(), many=True).data
        return Response(body)


class ActionEndpoint(APIView):
    """An action, posted."""

    action: Any = None

    def post(self, request: Any, pk: int | None = None) -> Response:
        action, actor = self.action, request.actor
        meant_for(request)
        if barred := action.barred(actor):
            raise barred
        record = None if pk is None or not needs_record(action) else self.record(pk)
        try:
            changed = self.done(request, action, pk if record is None else record, record)
        except (Refusal, exceptions.ValidationError):
            if pk is not None and record is None:
                self.record(pk)  # what the actor may not see is not there, whatever else was wrong
            raise
        return Response(result(changed), status=201 if action.makes else 200)

    def done(self, request: Any, action: Any, target: Any, record: Any) -> Any:
        """What came of it. The action itself looks up the record and locks it."""
        form = inputs.bound(action, request.actor, record, request.data)
        if not form.is_valid():
            raise exceptions.ValidationError(inputs.errors_of(form))
        data = dict(form.cleaned_data)
        once = self.once(request, data)
        return action.do(request.actor, target, reason=data.pop("reason", ""), once=once, **data)

    def record(self, pk: int) -> Any:
        """The record, if the actor may know of it."""
        actor = self.request.actor
        found = self.action.record.objects.filter(pk=pk)
        record = (found.visible_to(actor) | found.open_to(self.action, actor)).first()
        if record is None:
            raise NotVisible
        return record

    def once(self, request: Any, data: dict[str, Any]) -> Once | None:
        """The key by which a repeated request is known."""
        key = request.headers.get("Idempotency-Key", "")
        if not key:
            return None
        if len(key) > LONGEST_KEY or not key.isprintable():
            raise exceptions.ValidationError({"Idempotency-Key": [f"1–{LONGEST_KEY}"]})
        actor = request.actor
        if actor.user_id is None and not is_secret(key):  # strangers share one space of keys: theirs must not be guessed
            raise exceptions.ValidationError({"Idempotency-Key": [gettext("Without an account, send a key of at least 22 random characters.")]})
        content = {name: str(getattr(value, "pk", value)) for name, value in data.items()}
        return Once.by(actor, "api", key, {"path": request.path, "input": content})


def meant_for(request: Any) -> None:
    """Refuse what names another party than the one that would act."""
    meant, stakeholder = request.headers.get(PARTY.name, "").strip().upper(), request.actor.stakeholder
    if meant and meant != (stakeholder.reference if stakeholder else ""):
        now = stakeholder.reference if stakeholder else gettext("nobody (you are not signed in)")
        raise OtherParty(gettext("This was meant for %(meant)s; you act for %(now)s. Nothing was done.") % {"meant": meant[:40], "now": now})


def is_secret(key: str) -> bool:
    """Whether a key may well hold the 128 random bits that nobody guesses: long, and of many different characters."""
    return len(key) >= SHORTEST_SECRET and len(set(key)) >= FEWEST_CHARACTERS


def endpoint(action: Any) -> Any:
    """The view of one action, with what the schema says about it."""
    described = extend_schema(
        operation_id=action.key.replace(".", "_").replace("-", "_"),
        summary=action.title_source,
        description=action.description_source,
        request=inputs.serializer_class(action),
        responses={201 if action.makes else 200: ResultSerializer, **ACT_PROBLEMS},
        parameters=[KEY, PARTY],
        tags=[action.app_label],
    )
    view = type(f"{action.__name__}Endpoint", (ActionEndpoint,), {"action": action, "__doc__": action.description_source})
    return extend_schema_view(post=described)(view)


def _values(one: Any) -> list[Any] | None:
    choices = one.extra.get("choices") or ()
    return [value for value, _label in choices] or None


def listing(view: Any, tag: str, serializer: Any) -> Any:
    """A list view, with what the schema says about it."""
    sort = OpenApiParameter("sort", OpenApiTypes.STR, description="The order.", enum=list(view.orders))
    filters = [
        OpenApiParameter(name, OpenApiTypes.STR, description=str(one.label or ""), enum=_values(one))
        for name, one in (view.filterset_class.base_filters.items() if view.filterset_class else ())
    ]
    described = extend_schema(
        operation_id=f"{tag}_{view.model._meta.model_name}_list",
        responses={200: serializer(many=True), **PAGE_PROBLEMS}, tags=[tag], parameters=[sort, *filters],
    )  # fmt: skip
    return extend_schema_view(get=described)(view)


def detail(view: Any, tag: str, serializer: Any) -> Any:
    """A record's view, with what the schema says about it."""
    described = extend_schema(
        operation_id=f"{tag}_{view.model._meta.model_name}", responses={200: serializer, **PAGE_PROBLEMS}, tags=[tag]
    )
    return extend_schema_view(get=described)(view)



