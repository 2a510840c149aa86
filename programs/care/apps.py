"""The app."""

from django.apps import AppConfig


class CareConfig(AppConfig):
    name = "programs.care"
    label = "care"
