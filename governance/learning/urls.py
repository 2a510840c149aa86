"""The addresses of learning."""

from django.urls import path

from governance.learning import views

app_name = "learning"
urlpatterns = [
    path("", views.IndexView.as_view(), name="index"),
    path("gaps/", views.GapsView.as_view(), name="gaps"),
    path("finished/", views.CompletionView.as_view(), name="completion"),
    path("quiz/<slug:tier>/", views.QuizView.as_view(), name="quiz"),
    path("units/<slug:key>/", views.UnitView.as_view(), name="unit"),
]
