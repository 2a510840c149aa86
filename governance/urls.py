"""Every address; programs appear as strings only."""

from django.conf import settings
from django.urls import include, path

from governance.api.urls import addresses
from governance.health import healthz, readyz

_SLICES = [
    ("", "governance.web.urls"),
    ("", "governance.stakeholders.urls"),
    ("", "governance.notices.urls"),
    ("", "governance.promises.urls"),
    ("", "governance.receipts.urls"),
    ("", "governance.access.urls"),
    ("me/entitlements/", "governance.entitlements.urls"),
    ("feedback/", "governance.feedback.urls"),
    ("open311/v2/", "governance.feedback.exchange.urls"),
    ("ledger/", "governance.ledger.urls"),
    ("catalogue/", "governance.catalogue.urls"),
    ("imports/", "governance.imports.urls"),
    ("matching/", "governance.matching.urls"),
    ("determinations/", "governance.determinations.urls"),
    ("learning/", "governance.learning.urls"),
    ("care/", "programs.care.urls"),
    ("insurance/", "programs.insurance.urls"),
    ("annuities/", "programs.annuities.urls"),
    ("policies/", "programs.policies.urls"),
]

# The slices that programs use; one that is named and not there is an error, as with pages.
_INTERFACES = [
    "governance.catalogue.api",
    "governance.determinations.api",
    "governance.feedback.api",
    "governance.imports.api",
    "governance.learning.api",
    "governance.matching.api",
    "governance.promises.api",
    "governance.stakeholders.api",
    "programs.annuities.api",
    "programs.care.api",
    "programs.insurance.api",
    "programs.policies.api",
]

urlpatterns = [
    path("healthz", healthz),
    path("readyz", readyz),
    path("account/", include("allauth.urls")),
    *[path(prefix, include(module)) for prefix, module in _SLICES],
    path("api/", include((addresses(_INTERFACES), "api"))),
]

if settings.DEMONSTRATION:
    urlpatterns.append(path("demonstration/", include("governance.development.urls")))

handler400 = "governance.web.errors.bad_request"
handler403 = "governance.web.errors.forbidden"
handler404 = "governance.web.errors.not_found"
handler500 = "governance.web.errors.failure"
