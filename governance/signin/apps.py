"""Signing in as an app."""

from django.apps import AppConfig


class SignInConfig(AppConfig):
    name = "governance.signin"
    label = "signin"
