"""The ledger."""


def leaf(kind, id, content, at):  # replaced when the ledger is
    return []
