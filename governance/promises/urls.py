"""Addresses of promised dates."""

from django.urls import path

from governance.promises import converters, views  # noqa: F401 - the converter is registered

app_name = "promises"
urlpatterns = [
    path("periods/", views.RuleListView.as_view(), name="rule-list"),
    path("periods/calculator/", views.CalculatorView.as_view(), name="calculator"),
    path("periods/calendar/", views.YearView.as_view(), name="this-year"),
    path("periods/calendar/<int:year>/", views.YearView.as_view(), name="year"),
    path("periods/<rule:code>/", views.RuleView.as_view(), name="rule-detail"),
    path("dates/", views.OwnDatesView.as_view(), name="own"),
    path("dates/<str:secret>.ics", views.FeedView.as_view(), name="feed"),
    path("clocks/<uuid:pk>/", views.ClockView.as_view(), name="clock-detail"),
]
