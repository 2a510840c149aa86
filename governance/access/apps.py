"""Accesses as an app."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "governance.access"
    label = "access"
