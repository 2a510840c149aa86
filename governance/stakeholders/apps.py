"""The app."""

from django.apps import AppConfig


class StakeholdersConfig(AppConfig):
    name = "governance.stakeholders"
    label = "stakeholders"
