"""What feedback offers to the pages that span programs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from governance.access import challenging
from governance.clocks.now import local, today
from governance.feedback import measures
from governance.feedback.models import Matter
from governance.feedback.vocabulary import Kind
from governance.feedback.words import asked_words
from governance.web import offers
from governance.web.offers import Entry


def _is_somebody(actor: Any) -> bool:
    return actor is not None and actor.kind == "citizen"


def _works_here(actor: Any) -> bool:
    return actor is not None and actor.kind == "government"


offers.entry(
    Entry(
        "feedback.new", _("Ask or complain"), "feedback:new", icon="speak", order=20, public=True, need="big",
        help=_("Ask, suggest, complain, petition. Without an account, and with a day by which you are answered"),
    ),
    Entry(
        "feedback.follow", _("What has become of it?"), "feedback:follow", icon="receipt", order=41, need="row", footer=offers.YOURS,
        help=_("Follow what you have sent by its tracking code"),
    ),
    Entry("feedback.own", _("My questions and complaints"), "feedback:matter-list", order=42, footer=offers.YOURS, shown_to=_is_somebody),
    Entry("feedback.register", _("Asked and answered"), "feedback:register", order=61, footer=offers.OPEN),
    Entry("feedback.figures", _("How well people are answered"), "feedback:figures", order=62, footer=offers.OPEN),
    Entry("feedback.commitments", _("What was promised"), "feedback:commitment-list", order=62, footer=offers.OPEN),
    Entry("feedback.supervised", _("What supervisors found"), "feedback:supervised", order=63, footer=offers.OPEN),
    Entry("feedback.queue", _("Matters"), "feedback:matter-list", order=20, staff=True, shown_to=_works_here),
)  # fmt: skip


def _published(actor: Any, text: str, most: int) -> Iterator[offers.Find]:
    found = Matter.objects.register(asked_words(text))[:most]
    return (offers.Find(one.public_subject, reverse("feedback:public", args=[one.pk]), one.office.label) for one in found)


offers.finder("feedback.register", offers.Finder(_("Asked and answered"), _published, more="feedback:register", order=30))


@offers.news
def _answered(count: int) -> Iterator[offers.News]:
    """The newest of the public register."""
    for one in Matter.objects.register()[:count]:
        yield offers.News(one.published_at, one.get_kind_display(), one.public_subject, reverse("feedback:public", args=[one.pk]), one.office.label)


@offers.figures
def _in_time() -> Iterator[offers.Figure]:
    """How many were answered by the day the law promises, of all that were due in a year."""
    found = measures.figures("office", today() - timedelta(days=365))
    share = found.whole.on_time
    if share.is_shown:
        yield offers.Figure(
            label=gettext("Answered in time, in a year"),
            value=f"{share.value:.1f}",
            unit="%",
            source="synthetic" if settings.DEMONSTRATION else "derived",
            at=found.at,
            note=gettext("%(count)s of %(total)s that were due") % {"count": f"{share.count:,}", "total": f"{share.total:,}"},
            address=reverse("feedback:figures"),
            order=20,
        )


@challenging.taken_at
def complaint_about(access: Any) -> str:
    """Where somebody complains that a record of theirs was looked at; it does not go to the office that looked."""
    told = {"reference": access.reference, "day": f"{local(access.looked_at):%Y-%m-%d %H:%M}"}
    subject = gettext("Who looked at %(reference)s on %(day)s, and why?") % told
    return f"{reverse('feedback:new')}?{urlencode({'kind': Kind.COMPLAINT, 'named': access.stakeholder.name, 'subject': subject})}"
