"""The addresses of care."""

from django.urls import path

from programs.care.views import search

app_name = "care"

urlpatterns = [
    path("homes/", search.SearchView.as_view(), name="home-list"),
    path("homes.csv", search.FileView.as_view(), name="home-file"),
    path("homes/provinces/", search.ProvincesView.as_view(), name="home-provinces"),
    path("homes/compare/", search.CompareView.as_view(), name="home-compare"),
]
