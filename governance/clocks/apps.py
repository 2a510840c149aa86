"""The app."""

from django.apps import AppConfig


class ClocksConfig(AppConfig):
    name = "governance.clocks"
    label = "clocks"
