"""The vocabulary of reading programs and parameters."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Count, Q

from governance.actions import RecordQuerySet
from governance.catalogue.vocabulary import NATIONAL, Mark, ParameterState, ProgramState


def areas_around(code: str) -> list[str]:
    """An area and all that it lies in, the nearest first; the nation last."""
    found = [code, *(code[:digits].ljust(12, "0") for digits in (9, 6, 4, 2)), NATIONAL]
    return list(dict.fromkeys(found))


def areas_held(actor: Any, duty: str) -> Any:
    """The areas in which somebody holds a duty, down to counties."""
    areas = apps.get_model("stakeholders", "Area").objects.filter(level__lte=4).order_by("code")
    reach = Q(pk__in=[])
    for held in actor.duties:
        if held.duty == duty:
            reach |= Q(code__gte=held.start, code__lt=held.stop)
    return areas.filter(reach)


class ProgramQuerySet(RecordQuerySet):
    """Programs."""

    def for_display(self) -> ProgramQuerySet:
        return self.select_related("area")

    def listed(self) -> ProgramQuerySet:
        """What stands in the catalogue, tier by tier."""
        return self.filter(state__in=[ProgramState.PUBLISHED, ProgramState.ENDED]).order_by("position", "id")

    def with_words(self, text: str) -> ProgramQuerySet:
        """Whose name or purpose has every word, in either language."""
        rows = self
        for word in text.split()[:6]:
            rows = rows.filter(
                Q(name__icontains=word) | Q(name_en__icontains=word) | Q(purpose__icontains=word) | Q(purpose_en__icontains=word)
            )
        return rows

    def waiting(self) -> ProgramQuerySet:
        """What is proposed."""
        return self.filter(state=ProgramState.PROPOSED).order_by("id")

    def counted(self) -> ProgramQuerySet:
        """With how many parameters each has, and how many of them were not checked."""
        activated = Q(parameters__state=ParameterState.ACTIVATED)
        unchecked = activated & Q(parameters__mark__in=[Mark.UNVERIFIED, Mark.QUOTED])
        return self.annotate(parameter_count=Count("parameters", filter=activated), unchecked_count=Count("parameters", filter=unchecked))

    def in_force(self) -> ProgramQuerySet:
        """What stands in the catalogue and has not ended."""
        return self.filter(state=ProgramState.PUBLISHED).order_by("position", "id")

    def coded(self, codes: Any) -> ProgramQuerySet:
        """Those with these codes."""
        return self.filter(code__in=codes)

    def in_force_without(self, codes: set[str]) -> ProgramQuerySet:
        """What stands in the catalogue and has not ended, without some."""
        return self.in_force().exclude(code__in=codes)

    def called(self, code: str) -> Any:
        """The program with this code, if it stands in the catalogue."""
        return self.listed().filter(code=code).first()


class ParameterQuerySet(RecordQuerySet):
    """Versions of parameters."""

    def for_display(self) -> ParameterQuerySet:
        return self.select_related("program", "area")

    def of(self, program: Any) -> ParameterQuerySet:
        """Of one program, by key and time."""
        return self.filter(program=program).order_by("position", "key", "area_id", "effective_from", "id")

    def activated(self) -> ParameterQuerySet:
        """What is or was in force."""
        return self.filter(state=ParameterState.ACTIVATED)

    def not_withdrawn(self) -> ParameterQuerySet:
        """What is in the book or proposed for it."""
        return self.exclude(state=ParameterState.WITHDRAWN)

    def in_force_on(self, day: date) -> ParameterQuerySet:
        """What holds on a day."""
        return self.activated().filter(Q(effective_until__isnull=True) | Q(effective_until__gt=day), effective_from__lte=day)

    def holding_in(self, codes: list[str], day: date, area: str = NATIONAL) -> list[Any]:
        """What holds for these programs on a day in an area: of each key the version of the nearest area."""
        around = areas_around(area)
        found = self.in_force_on(day).filter(program__code__in=codes, area_id__in=around).select_related("program")
        nearest: dict[tuple[str, str], Any] = {}
        known = (one for one in found if one.known_since <= day)  # what began on a day nobody recorded does not hold for ever
        for one in sorted(known, key=lambda one: around.index(one.area_id)):
            nearest.setdefault((one.program.code, one.key), one)
        return list(nearest.values())

    def versions_of(self, parameter: Any) -> ParameterQuerySet:
        """All versions of the same key in the same area, the latest first."""
        same = self.filter(program_id=parameter.program_id, key=parameter.key, area_id=parameter.area_id)
        return same.order_by("-effective_from", "-id")

    def elsewhere(self, parameter: Any) -> ParameterQuerySet:
        """The same key in other areas."""
        same = self.activated().filter(program_id=parameter.program_id, key=parameter.key)
        return same.exclude(area_id=parameter.area_id).select_related("area").order_by("area_id", "-effective_from")

    def preceding(self, parameter: Any) -> Any:
        """What holds where and when this version would begin."""
        same = self.in_force_on(parameter.effective_from).filter(program_id=parameter.program_id, key=parameter.key)
        around = areas_around(parameter.area_id)
        found = [one for one in same.filter(area_id__in=around) if one.pk != parameter.pk]
        return min(found, key=lambda one: around.index(one.area_id), default=None)

    def by_references(self, references: list[str]) -> list[Any]:
        """The versions that an old result was worked out with."""
        return list(self.filter(reference__in=references).select_related("program"))
