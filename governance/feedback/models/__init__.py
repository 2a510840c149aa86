"""The records of feedback: matters, the rules that route them, tasks, answers, files, commitments and supervision."""

from governance.feedback.models.after import Commitment, Supervision
from governance.feedback.models.draft import Draft
from governance.feedback.models.handling import Answer, Attachment, Note, Rating, Supplement, Task
from governance.feedback.models.letter import Letter
from governance.feedback.models.matter import Matter
from governance.feedback.models.others import Inquiry, Supporter
from governance.feedback.models.register import Edition, Follow, Removal
from governance.feedback.models.routing import RoutingRule
from governance.feedback.models.wording import Wording

__all__ = [
    "Answer",
    "Attachment",
    "Commitment",
    "Draft",
    "Edition",
    "Follow",
    "Inquiry",
    "Letter",
    "Matter",
    "Note",
    "Rating",
    "Removal",
    "RoutingRule",
    "Supervision",
    "Supplement",
    "Supporter",
    "Task",
    "Wording",
]
