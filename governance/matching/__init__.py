"""Matching (比对): whether two entries are the same person. Likeness is worked out by rules; a person decides, with a reason.

Whoever has rows that name people without a usable number offers them, and says what to do once somebody is found::

    sources.offer(Source("policies", _("Insurance policies"), decided=…, reopened=…, facts=…))

and puts them here by a file (``governance.matching.files``) or one by one (``entries.put``). Nothing is ever joined by
likeness alone, and the original stays as it was written.
"""
