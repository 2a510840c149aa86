"""The addresses of basic insurance."""

from django.urls import path

from governance.web.paths import founding_path, record_paths
from governance.web.views import RecordListView, RecordView
from programs.insurance.models import Base, Claim, Correction, InjuryRate, Insured, Spell, Statement, Transfer
from programs.insurance.views import calculators, registry

app_name = "insurance"
urlpatterns = [
    path("provinces/", calculators.ProvincesView.as_view(), name="provinces"),
    path("retirement/", calculators.RetirementView.as_view(), name="retirement"),
    path("retirement/schedule/", calculators.ScheduleView.as_view(), name="schedule"),
    path("pension/", calculators.PensionView.as_view(), name="pension"),
    path("residents-pension/", calculators.ResidentsView.as_view(), name="residents-pension"),
    path("combined-rate/", calculators.RateView.as_view(), name="combined-rate"),
    path("mine/", registry.MineView.as_view(), name="mine"),
    path("employer/", registry.EmployerView.as_view(), name="employer"),
    path("office/", registry.OfficeView.as_view(), name="office"),
    path("office/register/", registry.RegisterManyView.as_view(), name="register-many"),
    *record_paths(Insured, "accounts", view=registry.InsuredView, list_view=registry.InsuredListView),
    *record_paths(Spell, "spells", view=registry.SpellView, list_view=registry.SpellListView),
    *record_paths(Statement, "statements", view=registry.StatementView, list_view=registry.StatementListView),
    *record_paths(Transfer, "transfers", view=RecordView, list_view=RecordListView),
    *record_paths(Claim, "claims", view=registry.ClaimView, list_view=RecordListView),
    *record_paths(Base, "bases", view=registry.BaseView, list_view=registry.BaseListView),
    *record_paths(InjuryRate, "injury-rates", view=RecordView, list_view=registry.InjuryRateListView),
    *record_paths(Correction, "corrections", view=registry.CorrectionView, list_view=RecordListView),
    founding_path("insurance"),
]
