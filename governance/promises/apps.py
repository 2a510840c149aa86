"""Promises as an app."""

from django.apps import AppConfig


class PromisesConfig(AppConfig):
    name = "governance.promises"
    label = "promises"
