"""The addresses of determinations."""

from governance.determinations import views
from governance.determinations.models import Determination
from governance.web.paths import founding_path, record_paths

app_name = "determinations"
urlpatterns = [
    *record_paths(Determination, "all", view=views.DeterminationView, list_view=views.DeterminationListView),
    founding_path("determinations"),
]
