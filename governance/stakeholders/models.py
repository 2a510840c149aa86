"""People, organisations and areas."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """A person who signs in."""


class Area(models.Model):
    """An administrative area; its code nests (行政区划)."""

    code = models.CharField(primary_key=True, max_length=12)


class Stakeholder(models.Model):
    """Who takes part."""

    name = models.CharField(max_length=200)
