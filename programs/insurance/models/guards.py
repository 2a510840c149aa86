"""What the tables of basic insurance refuse whoever writes: triggers, each with the name under which its sentence is known."""

from __future__ import annotations

from collections.abc import Sequence

import pgtrigger
from django.utils.translation import gettext_lazy as _

from governance.actions import Guard

GUARDS = {
    "a_closed_account_stays_closed": Guard(_("The account of this person is closed.")),
    "a_settled_month_stays_paid": Guard(_("A month that is settled rests on it. Open the month again, or ask for a correction.")),
    "a_granted_pension_keeps_its_months": Guard(_("A pension was granted on these contributions. That decision has to be taken up first.")),
    "an_account_that_moved_keeps_its_months": Guard(_("The account was handed over to another place with these contributions.")),
    "nothing_is_paid_after_the_end": Guard(_("The account of this person ended before this month.")),
    "an_account_ends_with_nothing_open": Guard(_("Something of this account is still open, or reaches beyond its last day.")),
}

_CLOSED = """
IF EXISTS (SELECT FROM insurance_insured i WHERE i.id = NEW.insured_id AND i.state = 'closed') THEN
    RAISE EXCEPTION 'the account is closed' USING ERRCODE = 'check_violation', CONSTRAINT = 'a_closed_account_stays_closed';
END IF;
RETURN NEW;
"""


def not_on_a_closed_account(states: Sequence[str], name: str = "a_closed_account_stays_closed") -> pgtrigger.Trigger:
    """Nothing begins or goes on with an account that is closed; what is ended or refused may stay with it."""
    return pgtrigger.Trigger(
        name=name, when=pgtrigger.Before, operation=pgtrigger.Insert | pgtrigger.UpdateOf("state", "insured_id"),
        condition=pgtrigger.Q(new__state__in=[str(state) for state in states]), func=_CLOSED,
    )  # fmt: skip


# What was settled, granted or handed over rests on the contributions that were there: none of them is taken away or made less
# unnoticed. Asked once for a statement, whatever it touches; the bills are locked, so that none is settled in between.
_RESTS_ON = """
PERFORM 1 FROM insurance_statement s WHERE EXISTS (SELECT FROM {gone} g WHERE g.payer_id = s.employer_id AND g.month = s.month) FOR SHARE;
IF EXISTS (SELECT FROM {gone} g JOIN insurance_statement s ON s.employer_id = g.payer_id AND s.month = g.month WHERE s.state = 'settled') THEN
    RAISE EXCEPTION 'a settled month rests on it' USING ERRCODE = 'check_violation', CONSTRAINT = 'a_settled_month_stays_paid';
END IF;
IF EXISTS (SELECT FROM {gone} g JOIN insurance_claim c ON c.insured_id = g.insured_id
           WHERE g.branch = 'pension' AND c.kind = 'pension' AND c.state = 'granted' AND g.month <= c.granted_on) THEN
    RAISE EXCEPTION 'a granted pension rests on it' USING ERRCODE = 'check_violation', CONSTRAINT = 'a_granted_pension_keeps_its_months';
END IF;
IF EXISTS (SELECT FROM {gone} g JOIN insurance_transfer t ON t.insured_id = g.insured_id
           WHERE g.branch = 'pension' AND t.state IN ('informed', 'done') AND g.month <= t.drawn_on) THEN
    RAISE EXCEPTION 'an account that moved rests on it' USING ERRCODE = 'check_violation', CONSTRAINT = 'an_account_that_moved_keeps_its_months';
END IF;
RETURN NULL;
"""
_LESS = """(SELECT o.* FROM gone o JOIN come n USING (id) WHERE n.employer_part < o.employer_part OR n.person_part < o.person_part
    OR n.paid_on > o.paid_on OR (n.payer_id, n.month, n.insured_id, n.branch) IS DISTINCT FROM (o.payer_id, o.month, o.insured_id, o.branch))"""

CONTRIBUTIONS_STAY = (
    pgtrigger.Trigger(
        name="what_was_paid_is_not_taken_away", when=pgtrigger.After, operation=pgtrigger.Delete, level=pgtrigger.Statement,
        referencing=pgtrigger.Referencing(old="gone"), func=_RESTS_ON.format(gone="gone"),
    ),
    pgtrigger.Trigger(
        name="what_was_paid_is_not_made_less", when=pgtrigger.After, operation=pgtrigger.Update, level=pgtrigger.Statement,
        referencing=pgtrigger.Referencing(old="gone", new="come"), func=_RESTS_ON.format(gone=_LESS),
    ),
    pgtrigger.Trigger(
        name="nothing_is_paid_after_the_end", when=pgtrigger.After, operation=pgtrigger.Insert, level=pgtrigger.Statement,
        referencing=pgtrigger.Referencing(new="come"),
        func="""
        IF EXISTS (SELECT FROM come n JOIN insurance_insured i ON i.id = n.insured_id WHERE i.state = 'closed' AND n.month > i.closed_on) THEN
            RAISE EXCEPTION 'the account is closed' USING ERRCODE = 'check_violation', CONSTRAINT = 'nothing_is_paid_after_the_end';
        END IF;
        RETURN NULL;
        """,
    ),
)  # fmt: skip

ENDS_WITH_NOTHING_OPEN = pgtrigger.Trigger(
    name="an_account_ends_with_nothing_open", when=pgtrigger.Before, operation=pgtrigger.UpdateOf("state"),
    condition=pgtrigger.Q(new__state="closed"),
    func="""
    IF EXISTS (SELECT FROM insurance_spell s WHERE s.insured_id = NEW.id
               AND (s.state IN ('declared', 'registered') OR s.state = 'ended' AND s.until > NEW.closed_on))
        OR EXISTS (SELECT FROM insurance_claim c WHERE c.insured_id = NEW.id AND c.state IN ('received', 'accepted', 'waiting'))
        OR EXISTS (SELECT FROM insurance_transfer t WHERE t.insured_id = NEW.id AND t.state IN ('asked', 'requested', 'informed'))
        OR EXISTS (SELECT FROM insurance_base b JOIN insurance_spell s ON s.id = b.spell_id WHERE s.insured_id = NEW.id AND b.state = 'declared')
        OR EXISTS (SELECT FROM insurance_correction k WHERE k.insured_id = NEW.id AND k.state = 'asked')
        OR EXISTS (SELECT FROM insurance_contribution p WHERE p.insured_id = NEW.id AND p.month > NEW.closed_on) THEN
        RAISE EXCEPTION 'something is open' USING ERRCODE = 'check_violation', CONSTRAINT = 'an_account_ends_with_nothing_open';
    END IF;
    RETURN NEW;
    """,
)  # fmt: skip
