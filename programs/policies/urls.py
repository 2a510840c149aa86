"""The addresses of policies."""

from django.urls import path

from governance.web.paths import founding_path, record_paths
from programs.policies import views
from programs.policies.models import Policy, Product

app_name = "policies"

urlpatterns = [
    path("products/compare/", views.CompareView.as_view(), name="product-compare"),
    *record_paths(Product, "products", view=views.ProductView, list_view=views.ProductListView),
    *record_paths(Policy, "policies", view=views.PolicyView, list_view=views.PolicyListView),
    path("shares/", views.SharesView.as_view(), name="shares"),
    path("personal-pension/", views.PersonalPensionView.as_view(), name="personal-pension"),
    path("tax-deferred/", views.TaxDeferredView.as_view(), name="tax-deferred"),
    path("health/", views.HealthView.as_view(), name="health"),
    path("group-cover/", views.GroupView.as_view(), name="group-cover"),
    founding_path("policies"),
]
