"""Addresses of accesses."""

from django.urls import path

from governance.access.views import OwnAccessesView

app_name = "access"
urlpatterns = [path("me/accesses/", OwnAccessesView.as_view(), name="own")]
