"""Addresses that only a demonstration has."""

from django.urls import path

from governance.development import views

urlpatterns = [
    path("", views.table, name="demonstration"),
    path("mail/", views.mail, name="demonstration-mail"),
]
