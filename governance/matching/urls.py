"""The addresses of matching."""

from django.urls import path

from governance.matching import views
from governance.matching.models import Pair
from governance.web.paths import record_paths

app_name = "matching"
urlpatterns = [
    path("how/", views.HowView.as_view(), name="how"),
    *record_paths(Pair, "pairs", view=views.PairView, list_view=views.PairListView),
]
