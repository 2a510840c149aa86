"""Whom a form was drawn for. Every form carries it beside the CSRF token, so that no page can forget it; who answers a post compares.

Two tabs, an ended delegation, a membership that was taken away: between drawing a form and sending it, one may come to act for
somebody else. What was meant for one is never done for another.
"""

from __future__ import annotations

from typing import Any

from django.core.signing import BadSignature, Signer

from governance.actions.actors import Actor

FIELD = "party"
CHOSEN = "send_for"  # the answer to "for whom?"; it stands above what the form was drawn for
LONGEST = 200
_signer = Signer(salt="governance.web.party")


def stamp(actor: Actor) -> str:
    """Who acts for whom, signed: a form cannot be made to name somebody that nobody drew it for."""
    return _signer.sign(actor.party)


def read(stamped: str) -> str:
    """The party of a stamp; empty where it is none of ours."""
    try:
        return _signer.unsign(stamped[:LONGEST])
    except BadSignature:
        return ""


def for_whoever(view: Any) -> Any:
    """Decorator: what this view does is done for the account, for whomever it acts at the moment."""
    view.for_whoever = True
    return view
