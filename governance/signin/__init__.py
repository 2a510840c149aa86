"""Signing in: accounts, second factors, sessions. django-allauth does it; this app says how."""
