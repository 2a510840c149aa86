"""Addresses of entitlements."""

from django.urls import path

from governance.entitlements import views

app_name = "entitlements"
urlpatterns = [
    path("", views.OwnView.as_view(), name="own"),
    path("household/", views.HouseholdView.as_view(), name="household"),
]
