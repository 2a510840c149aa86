"""The addresses of policies."""

from governance.web.paths import founding_path, record_paths
from governance.web.views import RecordView
from programs.policies.models import Policy, Product

app_name = "policies"

urlpatterns = [
    *record_paths(Product, "products", view=RecordView),
    *record_paths(Policy, "policies", view=RecordView),
    founding_path("policies"),
]
