"""The addresses of basic insurance."""

from django.urls import path

from programs.insurance import views

app_name = "insurance"
urlpatterns = [
    path("provinces/", views.ProvincesView.as_view(), name="provinces"),
    path("retirement/", views.RetirementView.as_view(), name="retirement"),
    path("pension/", views.PensionView.as_view(), name="pension"),
    path("residents-pension/", views.ResidentsView.as_view(), name="residents-pension"),
    path("combined-rate/", views.RateView.as_view(), name="combined-rate"),
]
