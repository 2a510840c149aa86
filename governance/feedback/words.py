"""Words of a Chinese text, for searching."""

from functools import cache
from typing import Any

LONGEST, MOST = 40, 400


@cache
def _cutter() -> Any:
    import rjieba  # its dictionary takes a while to load: only when needed

    return rjieba


def words_of(text: str) -> str:
    """The words of a text, apart, each once."""
    cut = (word.strip().lower() for word in _cutter().cut_for_search(text[:8000]))
    return " ".join(list(dict.fromkeys(word for word in cut if 1 < len(word) <= LONGEST and word.isalnum()))[:MOST])
