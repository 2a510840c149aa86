"""Receipts as an app."""

from django.apps import AppConfig


class ReceiptsConfig(AppConfig):
    name = "governance.receipts"
    label = "receipts"
