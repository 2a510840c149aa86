"""Addresses of people, organisations and their duties."""

from django.urls import path

from governance.stakeholders import views
from governance.stakeholders.models import Delegation, Household, Mandate, Membership, Stakeholder
from governance.web.paths import founding_path, record_paths

app_name = "stakeholders"
urlpatterns = [
    path("me/", views.me, name="me"),
    path("me/switch/", views.switch, name="switch"),
    path("me/tokens/", views.tokens, name="tokens"),
    path("counter/", views.counter, name="counter"),
    path("responsibilities/", views.responsibilities, name="responsibilities"),
    *record_paths(Stakeholder, "stakeholders", view=views.StakeholderView, list_view=views.OrganisationListView, action_view=views.StakeholderActionView),
    *record_paths(Membership, "memberships", view=views.MembershipView, list_view=views.MembershipListView),
    *record_paths(Mandate, "mandates", view=views.MandateView, action_view=views.MandateActionView),
    *record_paths(Delegation, "delegations", view=views.DelegationView, list_view=views.DelegationListView),
    *record_paths(Household, "households", view=views.HouseholdView, list_view=views.HouseholdListView),
    founding_path("stakeholders"),
]
