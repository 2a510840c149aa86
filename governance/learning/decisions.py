"""Which risks of one's own are uncovered, and why: what somebody says, joined with the catalogue and with what the rules say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.catalogue.models import Program
from governance.catalogue.vocabulary import Branch, Maturity, Tier
from governance.clocks.now import today
from governance.entitlements import asking, people
from governance.entitlements.contract import Asked, Line
from governance.entitlements.vocabulary import Match, Standing
from governance.learning import loading, rules
from governance.learning.loading import Words
from governance.learning.vocabulary import ICONS, LOOKS, Holder, Holding, Relation, Verdict

LAYERS = (Tier.FIRST, Tier.SECOND, Tier.THIRD)
HELD = {Standing.HAVE, Standing.ACCRUING, Standing.UNCLAIMED}
SURE = {Match.NUMBER, Match.ACCOUNT}
NOTHING_KNOWN = Words({"source": "", "source_en": "", "mark": ""})
SAID = {
    True: gettext_lazy("You say: I am in it."),
    False: gettext_lazy("You say: I am not in it."),
    None: gettext_lazy("You say: I do not know."),
}


@dataclass(frozen=True)
class Cover:
    """A program that may stand between somebody and a risk, and what the rules say of the two."""

    program: Program
    relation: Relation
    words: Words

    @property
    def holder(self) -> Holder:
        """Who knows whether somebody is in it."""
        return Holder(loading.holder(self.program.code))


def covers(work: str, programs: Iterable[Program]) -> dict[str, list[Cover]]:
    """For each risk that concerns those who work so: the programs against it. One nobody has written about may be joined."""
    programs, said = list(programs), loading.relations(work)
    written_about = loading.programs_written_about()
    found: dict[str, list[Cover]] = {}
    for risk in loading.risks():
        branch = risk["branch"]
        if work in risk["concerns"]:
            rows = [(one, said.get((branch, one.code))) for one in programs]
            found[branch] = [Cover(one, Relation(words.row["relation"]), words) for one, words in rows if words]
            found[branch] += [Cover(one, Relation.MAY, NOTHING_KNOWN) for one in programs if _is_new(one, branch, written_about)]
    return found


def _is_new(program: Program, branch: str, written_about: set[str]) -> bool:
    """Whether it came into the catalogue after the covers were written."""
    return (
        program.code not in written_about
        and program.branch == branch
        and program.tier in LAYERS
        and program.maturity != Maturity.MERGED
    )


def to_ask(found: Mapping[str, list[Cover]]) -> list[Program]:
    """The programs somebody is asked about, each once, in the order of the risks."""
    open_ones = (cover.program for rows in found.values() for cover in rows if cover.relation != Relation.NONE)
    return list({program.code: program for program in open_ones}.values())


def known_of(actor: Any) -> dict[str, Line]:
    """What the programs here know for sure about whomever the actor acts for: by program, their own line."""
    person = people.person_of(actor.stakeholder)
    sources = asking.ask(person, today(), may=people.may_ask(actor))
    lines = asking.answer(sources, Asked(person, today()))
    return {one.key: one for one in lines if one.standing in HELD and one.match in SURE}


def gaps(work: str, told: Mapping[str, bool], programs: Iterable[Program]) -> dict[str, Any]:
    """Every risk with its verdict, its layers and the way there; the worst first."""
    found = covers(work, programs)
    rows = [_risk(branch, found.get(branch), told) for branch in (risk["branch"] for risk in loading.risks())]
    rows.sort(key=lambda row: list(Verdict).index(row["verdict"]))
    concerned = [row for row in rows if row["verdict"] != Verdict.NOT_CONCERNED]
    unclear = {
        row["name"]: [one["holder"].label for one in row["layers"] if one["asks"]]
        for row in concerned
        if row["verdict"] == Verdict.CANNOT_TELL
    }
    counted = [(verdict, sum(row["verdict"] == verdict for row in rows)) for verdict in Verdict]
    return {
        "rows": concerned, "spared": [row["name"] for row in rows if row["verdict"] == Verdict.NOT_CONCERNED], "sentence": _sentence(concerned),
        "ask_first": rules.settled_by(unclear), "counted": [(verdict, number) for verdict, number in counted if number],
    }  # fmt: skip


def _risk(branch: str, found: list[Cover] | None, told: Mapping[str, bool]) -> dict[str, Any]:
    """One risk."""
    name = str(Branch(branch).label)
    if found is None:
        return {"branch": branch, "name": name, "verdict": Verdict.NOT_CONCERNED, "layers": []}
    pairs = [
        (cover, rules.Layer(cover.program.code, cover.program.tier, cover.relation, told.get(cover.program.code)))
        for cover in found
    ]
    verdict = Verdict(rules.verdict([layer for _cover, layer in pairs]))
    layers = [_layer(cover, layer) for cover, layer in pairs]
    return {
        "branch": branch, "name": name, "verdict": verdict, "look": LOOKS[verdict], "icon": ICONS[verdict], "layers": layers, "advice": _advice(verdict, layers),
        "tried": _tried(verdict, pairs),
    }  # fmt: skip


def _layer(cover: Cover, layer: rules.Layer) -> dict[str, Any]:
    return {
        "program": cover.program, "tier": Tier(cover.program.tier), "holding": Holding(layer.holding), "rule": cover.relation.label, "relation": cover.relation, "words": cover.words,
        "said": "" if cover.relation == Relation.NONE else SAID[layer.told], "holder": cover.holder, "asks": layer.holding == Holding.UNKNOWN,
        "is_base": cover.program.tier == Tier.FIRST,
    }  # fmt: skip


def _tried(verdict: Verdict, pairs: list[tuple[Cover, rules.Layer]]) -> str:
    """What would make it another answer, found by trying the rule with one answer changed at a time."""
    if verdict == Verdict.COVERED:
        return ""
    layers = [layer for _cover, layer in pairs]
    would_do = [
        str(cover.program) for at, (cover, layer) in enumerate(pairs)
        if layer.told is not True and layer.relation != Relation.NONE and rules.verdict([*layers[:at], rules.Layer(layer.program, layer.tier, layer.relation, True), *layers[at + 1 :]]) == Verdict.COVERED
    ]  # fmt: skip
    return _("It would be covered if you were in: %(programs)s.") % {"programs": _(", ").join(would_do)} if would_do else ""


def _sentence(rows: list[dict[str, Any]]) -> str:
    """The finding in a sentence: the worst that is there."""
    said = (
        (Verdict.OWED, _("The law requires cover that you do not have: %(risks)s.")), (Verdict.UNCOVERED, _("Uncovered: %(risks)s.")),
        (Verdict.CANNOT_TELL, _("Nobody can tell yet about: %(risks)s.")), (Verdict.PARTLY, _("Covered only by what you arranged yourself: %(risks)s.")),
    )  # fmt: skip
    for verdict, sentence in said:
        if names := [row["name"] for row in rows if row["verdict"] == verdict]:
            return sentence % {"risks": _(", ").join(names)}
    return _("The first tier covers every risk that concerns you now.")


def _advice(verdict: Verdict, layers: list[dict[str, Any]]) -> str:
    """What can be done next; never which product."""
    if verdict == Verdict.OWED:
        return _("Ask your employer in writing to register you. If nothing happens, complain: no office may turn you away (Social Insurance Law, Articles 58 and 82).")
    if verdict == Verdict.PARTLY:
        return _("Read in your contract what it does not pay, and until when it runs.")
    if verdict != Verdict.UNCOVERED:
        return ""
    open_ones = [one for one in layers if one["is_base"] and one["holding"] == Holding.OPEN]
    if joinable := [str(one["program"]) for one in open_ones if one["relation"] == Relation.MAY]:
        return _("You may join: %(programs)s. The social insurance office of your place does it.") % {"programs": _(", ").join(joinable)}
    if open_ones:
        return _("Ask %(holder)s whether you can be taken in.") % {"holder": open_ones[0]["holder"].label}
    return _("As far as is known here the first tier has nothing for this that is open to you. What is left: what you put aside, your family, a contract of your own, and the floor.")
