"""Named readings of matters, their tasks, answers, rules and files; who is responsible for them."""

from governance.feedback.querysets.matters import MOST_COUNTED, MatterQuerySet
from governance.feedback.querysets.offices import (
    accused_by,
    barred_in,
    charged_with,
    colleagues,
    meant_by,
    next_level_up,
    offices_for,
)
from governance.feedback.querysets.others import (
    CommitmentQuerySet,
    DraftQuerySet,
    FileQuerySet,
    FollowQuerySet,
    InquiryQuerySet,
    RemovalQuerySet,
    RuleQuerySet,
    SupervisionQuerySet,
    SupporterQuerySet,
    TaskQuerySet,
    WordingQuerySet,
)

__all__ = ["MOST_COUNTED", "CommitmentQuerySet", "DraftQuerySet", "FileQuerySet", "FollowQuerySet", "InquiryQuerySet", "MatterQuerySet", "RemovalQuerySet", "RuleQuerySet", "SupervisionQuerySet", "SupporterQuerySet", "TaskQuerySet", "WordingQuerySet", "accused_by", "barred_in", "charged_with", "colleagues", "meant_by", "next_level_up", "offices_for"]
