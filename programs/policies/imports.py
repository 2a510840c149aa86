"""Files of policies: what an insurer reports of many policies at once. No number of a person or a policy is kept in the clear."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from governance.actions import System
from governance.imports import Check, Choice, Column, Day, Hidden, Number, Rule, Sheet, Text
from governance.imports.identities import Identity, blind_of
from governance.matching import files
from programs.policies import matching
from programs.policies.actions.policies import LookForHolder, RegisterPolicy, UpdatePolicy
from programs.policies.models import Policy
from programs.policies.vocabulary import Insured, Payment, PolicyState

MOST = 99_999_999


@dataclass(frozen=True, kw_only=True)
class PolicyNumber(Column):
    """The number of a policy. The cell holds its keyed index and its end."""

    secret: ClassVar[bool] = True

    def spelt(self, text: str) -> str:
        return f"{matching.number_index(text)} {matching.tail(text)}" if text.strip() else ""

    def checks(self) -> Iterator[Check]:
        yield Check(code="required", bad="{c} = ''")

    def shown(self, text: str) -> str:
        """Only how it ends."""
        return f"…{text.partition(' ')[2]}" if text else ""


COLUMNS: tuple[Column, ...] = (
    Text(
        name="product", chinese="产品代码", english="Product code", example="SL-A01", required=True, most=40, compared=False, kept_in="product_id", found="p.id",
        help=_("The code under which you filed the product; the newest version that was on sale counts."),
    ),
    PolicyNumber(
        name="policy_number", chinese="保单号", english="Policy number", example="SLA01-20190301-0042", required=True, compared=False, kept_in="number_index",
        found="split_part(r.policy_number, ' ', 1)", help=_("By it a policy is found again. It is not kept: only its keyed index and its end are."),
    ),
    Identity(
        name="holder_number", chinese="投保人证件号码", english="Holder's identity number", example="99000019840702002X", compared=False, kept_in="holder_index",
        found=blind_of("holder_number"), fallback="''", help=_("Of the person who holds it. It is not kept; group cover is registered one by one."),
    ),
    *files.columns("投保人", "Holder’s"),
    Choice(name="insured", chinese="被保险人", english="Who is insured", example=Insured.SELF, choices=Insured.choices, kept_in="insured", filled=True, fallback="'self'"),
    Choice(
        name="state", chinese="保单状态", english="State", example=PolicyState.IN_FORCE, choices=PolicyState.choices, compared=False, filled=True,
        help=_("A policy that is new here is in force. What happens to it later is entered on its page, where the holder is told."),
    ),
    Day(name="effective_on", chinese="生效日期", english="In force from", example="2019-03-01", required=True, compared=False, kept_in="effective_on"),
    Day(name="expires_on", chinese="终止日期", english="Until", example="", kept_in="expires_on", help=_("Leave empty if it is for life.")),
    Number(name="cover", chinese="保额", english="Sum insured", example="200000", least=0, most=MOST, places=2, kept_in="cover", help=_("In yuan.")),
    Number(name="premium", chinese="保费", english="Premium", example="6000", least=0, most=MOST, places=2, required=True, kept_in="premium", help=_("In yuan.")),
    Choice(name="payment", chinese="缴费方式", english="How the premium is paid", example=Payment.YEARLY, choices=Payment.choices, kept_in="payment", filled=True, fallback="'yearly'"),
    Number(name="surrender_value", chinese="现金价值", english="Surrender value", example="38200", least=0, most=MOST, places=2, kept_in="surrender_value", help=_("In yuan.")),
    Number(name="claims_count", chinese="理赔次数", english="Claims so far", example="0", least=0, most=32000, required=True, kept_in="claims_count"),
    Number(name="claims_paid", chinese="累计赔付", english="Paid for claims", example="0", least=0, most=MOST, places=2, required=True, kept_in="claims_paid", help=_("In yuan.")),
    Day(name="as_of", chinese="数据日期", english="As of", example="2026-10-31", required=True, kept_in="as_of", help=_("The day these figures are true for.")),
)  # fmt: skip
DAY = Day.written

RULES = (
    Rule("twice", "policy_number", "r.times > 1 AND r.policy_number <> ''"),
    *files.rules("holder_number"),
    Rule("unknown-product", "product", "r.product <> '' AND p.id IS NULL", _("You have no product with this code that is or was on sale.")),
    Rule("group-cover", "product", "p.kind = 'group'", _("Group cover belongs to a firm. Register it one by one.")),
    Rule("runs-backwards", "expires_on", f"r.expires_on ~ '{DAY}' AND r.effective_on ~ '{DAY}' AND r.expires_on <= r.effective_on", _("A policy ends after it begins.")),
    Rule("no-premium", "premium", "r.premium ~ '^0+([.]0+)?$'", _("A premium is more than nothing.")),
    Rule(
        "paid-without-claim", "claims_paid", "r.claims_count ~ '^0+$' AND r.claims_paid ~ '[1-9]'", _("Something was paid for claims, but there was no claim."),
    ),
    Rule("to-come", "as_of", f"r.as_of ~ '{DAY}' AND r.as_of > %(today)s::text", _("The figures cannot be of a day that is still to come.")),
    Rule("older", "as_of", f"r.as_of ~ '{DAY}' AND r.as_of < t.as_of::text", _("There are newer figures already.")),
    Rule("ended", "policy_number", "t.state = 'ended'", _("This policy has ended.")),
    Rule("new-and-in-force", "state", "t.id IS NULL AND r.state NOT IN ('', 'in-force')", _("A new policy is registered as in force. Enter on its page what happened to it afterwards.")),
    Rule("other-state", "state", "r.state <> '' AND t.state <> r.state", _("The register has another state. Change it on the page of the policy.")),
    Rule(
        "other-holder", "holder_number", f"r.holder_number NOT IN ('', '?') AND (t.holder_index NOT IN ('', {blind_of('holder_number')}) OR t.holder_index = '' AND t.holder_id <> h.id)",
        _("The register has another holder for this policy. Correct that on the page of the policy."),
    ),
)  # fmt: skip


class Policies(files.Names, Sheet):
    """Policies: by insurer and number they are found again. The insurer is whoever hands the file in.

    A holder without a number is named; whoever is meant is decided elsewhere, by an officer.
    """

    kind, label, model = "policies", _("Insurance policies"), Policy
    columns, rules, named, address = COLUMNS, RULES, ("policy_number", "product"), "policies:policy-detail"
    stands_for, corrects = (RegisterPolicy,), (UpdatePolicy, LookForHolder)
    through = dict.fromkeys(("insurer_id", "area_id", "number_index", "number_tail", "holder_index"), RegisterPolicy) | {"holder_id": LookForHolder}
    keepers = System()  # nobody but the sender: no office reads whose policies these are
    without, beside = "holder_number", (files.entries("policies", without="holder_number"),)
    counted = "count(*) OVER (PARTITION BY policy_number) AS times"
    joins = f"""
        LEFT JOIN policies_product p ON p.id = (
            SELECT id FROM policies_product WHERE insurer_id = %(sender)s AND code = r.product AND state IN ('on-sale', 'stopped') ORDER BY version DESC LIMIT 1)
        LEFT JOIN policies_policy t ON t.insurer_id = %(sender)s AND t.number_index = split_part(r.policy_number, ' ', 1)
        LEFT JOIN stakeholders_identitydocument papers ON papers.blind = {blind_of("holder_number")}
        LEFT JOIN stakeholders_stakeholder h ON h.id = papers.stakeholder_id AND h.identity_verified_at IS NOT NULL
    """
    made = {"insurer_id": "%(sender)s", "area_id": "%(area)s", "number_tail": "split_part(r.policy_number, ' ', 2)", "holder_id": "h.id"}
    # Whoever was not known when the policy came first may be known by now.
    hidden = (Hidden("holder_id", "coalesce(t.holder_id, h.id)", "bigint", follows=("as_of",)),)
