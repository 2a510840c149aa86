"""Addresses of the inbox, of choices, of letters, and of the public feed."""

from django.urls import path

from governance.notices.feeds import PublicFeed
from governance.notices.views import ChoicesView, LetterListView, LetterView, NoticeListView, OpenNoticeView

app_name = "notices"
urlpatterns = [
    path("notices/", NoticeListView.as_view(), name="list"),
    path("notices/<int:pk>/", OpenNoticeView.as_view(), name="open"),
    path("notices/choices/", ChoicesView.as_view(), name="choices"),
    path("notices/letters/", LetterListView.as_view(), name="letters"),
    path("notices/letters/<uuid:pk>/", LetterView.as_view(), name="letter"),
    path("public.atom", PublicFeed(), name="feed"),
]
