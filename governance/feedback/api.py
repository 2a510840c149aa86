"""Feedback for programs."""

from governance.api.paths import founding_paths, record_api
from governance.feedback.models import Commitment, Matter, RoutingRule, Supervision, Task
from governance.feedback.serializers import (
    CommitmentSerializer,
    MatterSerializer,
    RoutingRuleSerializer,
    SupervisionSerializer,
    TaskSerializer,
)

urlpatterns = [
    *record_api(Matter, "matters", MatterSerializer),
    *record_api(Task, "tasks", TaskSerializer),
    *record_api(RoutingRule, "rules", RoutingRuleSerializer, open_to_public=True),
    *record_api(Commitment, "commitments", CommitmentSerializer, open_to_public=True),
    *record_api(Supervision, "supervisions", SupervisionSerializer),
    *founding_paths("feedback"),
]
