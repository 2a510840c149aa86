"""Expressions for places on the globe and for text that is searched."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Func


class PositionField(models.Field):
    """A point on the sphere of radius 1, as a PostgreSQL ``cube``.

    In three dimensions the nearest neighbours by straight line are the nearest on the ground, everywhere on earth, so
    an ordinary GiST index answers "nearest first" exactly. Degrees on a plane would not.
    """

    def db_type(self, connection: Any) -> str:
        return "cube"

    def get_internal_type(self) -> str:
        return "PositionField"


class OnSphere(Func):
    """Longitude and latitude in degrees as a point on the sphere of radius 1; NULL where one is missing."""

    arity = 2
    output_field = PositionField(null=True)
    template = (
        "CASE WHEN %(longitude)s IS NOT NULL AND %(latitude)s IS NOT NULL THEN cube(ARRAY["
        "cos(radians(%(latitude)s)) * cos(radians(%(longitude)s)), "
        "cos(radians(%(latitude)s)) * sin(radians(%(longitude)s)), sin(radians(%(latitude)s))]) END"
    )

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:
        (longitude, first), (latitude, second) = (compiler.compile(e) for e in self.source_expressions)
        if first or second:
            raise ValueError("OnSphere takes columns only")
        return self.template % {"longitude": longitude, "latitude": latitude}, []


class Written(Func):
    """Texts one after the other; unlike ``Concat`` immutable, so that a generated column may use it."""

    template = "(%(expressions)s)"
    arg_joiner = " || "
    output_field = models.TextField()
