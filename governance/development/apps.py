"""The app."""

from django.apps import AppConfig


class DevelopmentConfig(AppConfig):
    name = "governance.development"
    label = "development"
