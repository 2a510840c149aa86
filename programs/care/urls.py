"""The addresses of care."""

from django.urls import path

from governance.web.paths import founding_path, record_paths
from governance.web.views import RecordView
from programs.care.models import Bed, Home, Reservation
from programs.care.views.homes import CapacityView, HomeActionView, HomeView
from programs.care.views.provider import BoardView, VacanciesView, WorkspaceView
from programs.care.views.reservations import ReservationListView, ReservationView
from programs.care.views.search import CompareView, FileView, ProvincesView, SearchView

app_name = "care"

urlpatterns = [
    path("homes/", SearchView.as_view(), name="home-list"),
    path("homes.csv", FileView.as_view(), name="home-file"),
    path("homes/provinces/", ProvincesView.as_view(), name="home-provinces"),
    path("homes/compare/", CompareView.as_view(), name="home-compare"),
    path("homes/<int:pk>/", HomeView.as_view(), name="home-detail"),
    path("homes/<int:pk>/capacity/", CapacityView.as_view(), name="home-capacity"),
    path("homes/<int:pk>/board/", BoardView.as_view(), name="home-board"),
    path("homes/<int:pk>/vacancies/", VacanciesView.as_view(), name="home-vacancies"),
    *record_paths(Home, "homes", action_view=HomeActionView),
    *record_paths(Bed, "beds", view=RecordView),
    *record_paths(Reservation, "reservations", view=ReservationView, list_view=ReservationListView),
    path("workspace/", WorkspaceView.as_view(), name="workspace"),
    founding_path("care"),
]
