"""The addresses of feedback."""

from django.urls import path

from governance.feedback.feeds import MatterFeed, RegisterFeed
from governance.feedback.models import Commitment, Inquiry, Matter, Removal, RoutingRule, Supervision, Supporter, Task, Wording
from governance.feedback.views import desk, figures, intake, matters, others, register
from governance.web.paths import founding_path, record_paths
from governance.web.views import RecordListView, RecordView

app_name = "feedback"
urlpatterns = [
    path("new/", intake.IntakeView.as_view(), name="new"),
    path("new/<slug:step>/", intake.IntakeView.as_view(), name="intake"),
    path("sent/<int:pk>/", intake.SentView.as_view(), name="sent"),
    path("follow/", intake.FollowView.as_view(), name="follow"),
    path("register/", register.RegisterView.as_view(), name="register"),
    path("register/register.atom", RegisterFeed(), name="register-feed"),
    path("register/<int:pk>/", register.PublicView.as_view(), name="public"),
    path("register/<int:pk>/matter.atom", MatterFeed(), name="public-feed"),
    path("register/<int:pk>/following/", register.FollowingView.as_view(), name="following"),
    path("figures/", figures.FiguresView.as_view(), name="figures"),
    path("desk/give/", desk.GiveView.as_view(), name="give"),
    path("desk/answer/", desk.AnswerManyView.as_view(), name="answer-many"),
    path("desk/handover/", desk.HandoverView.as_view(), name="handover"),
    path("desk/calendar/", desk.CalendarView.as_view(), name="calendar"),
    path("desk/callbacks/", others.CallBackView.as_view(), name="callbacks"),
    path("rate/<str:token>/", others.RateView.as_view(), name="rate"),
    path("asked/<str:token>/", others.AskedView.as_view(), name="asked"),
    path("join/<str:token>/", others.JoinView.as_view(), name="join"),
    path("supervised/", others.SupervisedView.as_view(), name="supervised"),
    path("files/<int:pk>/", matters.FileView.as_view(), name="file"),
    *record_paths(Matter, "matters", view=matters.MatterView, list_view=matters.MatterListView, action_view=matters.MatterActionView),
    *record_paths(Task, "tasks", view=matters.OtherView),
    *record_paths(RoutingRule, "rules", view=matters.RuleView, list_view=matters.RuleListView),
    *record_paths(Commitment, "commitments", view=matters.OtherView, list_view=register.CommitmentListView),
    *record_paths(Supervision, "supervisions", view=matters.OtherView),
    *record_paths(Inquiry, "inquiries", view=matters.OtherView, action_view=matters.OtherActionView),
    *record_paths(Supporter, "supporters", view=matters.OtherView, action_view=matters.OtherActionView),
    *record_paths(Wording, "wordings", view=RecordView, list_view=RecordListView),
    *record_paths(Removal, "removals", view=matters.OtherView, list_view=register.RemovalListView, action_view=matters.OtherActionView),
    founding_path("feedback", matters.FoundingView),
]
