"""The addresses of the standard."""

from django.urls import path

from governance.feedback.exchange import views

app_name = "open311"
urlpatterns = [
    path("discovery.<slug:format>", views.DiscoveryView.as_view(), name="discovery"),
    path("services.<slug:format>", views.ServicesView.as_view(), name="services"),
    path("services/<slug:code>.<slug:format>", views.DefinitionView.as_view(), name="definition"),
    path("requests.<slug:format>", views.RequestsView.as_view(), name="requests"),
    path("requests/<slug:number>.<slug:format>", views.RequestView.as_view(), name="request"),
    path("tokens/<slug:token>.<slug:format>", views.TokenView.as_view(), name="token"),
    path("servicerequestupdates.<slug:format>", views.UpdatesView.as_view(), name="updates"),
]
