"""Clocks."""

from django.db import models


class Clock(models.Model):
    record_type = models.ForeignKey("contenttypes.ContentType", models.PROTECT, related_name="+")
    record_id = models.BigIntegerField()
