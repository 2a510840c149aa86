"""Addresses of people, organisations and their duties."""

from django.urls import path

from governance.stakeholders import views

app_name = "stakeholders"
urlpatterns = [
    path("me/", views.me, name="me"),
    path("me/switch/", views.switch, name="switch"),
    path("responsibilities/", views.responsibilities, name="responsibilities"),
]
