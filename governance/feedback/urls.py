"""The addresses of feedback."""

from django.urls import path

from governance.feedback import views
from governance.feedback.models import Commitment, Matter, RoutingRule, Supervision, Task
from governance.web.paths import founding_path, record_paths

app_name = "feedback"
urlpatterns = [
    path("new/", views.IntakeView.as_view(), name="new"),
    path("new/<slug:step>/", views.IntakeView.as_view(), name="intake"),
    path("sent/<int:pk>/", views.SentView.as_view(), name="sent"),
    path("follow/", views.FollowView.as_view(), name="follow"),
    path("register/", views.RegisterView.as_view(), name="register"),
    path("register/<int:pk>/", views.PublicView.as_view(), name="public"),
    path("files/<int:pk>/", views.FileView.as_view(), name="file"),
    *record_paths(Matter, "matters", view=views.MatterView, list_view=views.MatterListView, action_view=views.MatterActionView),
    *record_paths(Task, "tasks", view=views.OtherView),
    *record_paths(RoutingRule, "rules", view=views.RuleView),
    *record_paths(Commitment, "commitments", view=views.OtherView),
    *record_paths(Supervision, "supervisions", view=views.OtherView),
    founding_path("feedback"),
]
