"""The HTML kit: lists, records, actions, the worklist; layouts and look."""
