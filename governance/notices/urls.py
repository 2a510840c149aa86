"""Addresses of the inbox."""

from django.urls import path

from governance.notices.views import NoticeListView, OpenNoticeView

app_name = "notices"
urlpatterns = [
    path("notices/", NoticeListView.as_view(), name="list"),
    path("notices/<int:pk>/", OpenNoticeView.as_view(), name="open"),
]
