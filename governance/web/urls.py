"""Pages that belong to no slice."""

from django.urls import path

from governance.web.home import home
from governance.web.language import choose
from governance.web.search import SearchView
from governance.web.worklist import WorklistView

app_name = "web"
urlpatterns = [
    path("", home, name="home"),
    path("search/", SearchView.as_view(), name="search"),
    path("language/<slug:code>/", choose, name="language"),
    path("worklist/", WorklistView.as_view(), name="worklist"),
]
