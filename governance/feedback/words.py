"""Words of a Chinese text, for searching: what is kept of a text, and what somebody looks for.

Both are folded by ``text.sought``, so that 養老院 meets 养老院 and ｐｄｆ meets PDF. What the register shows is kept with its
pinyin besides, whole and by initials, for those who type without Chinese input: 养老院 is yanglaoyuan, and yly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Any

from governance import readings, text

LONGEST, MOST = 40, 400
ONE_OF = "|"  # between what may stand for a word that is looked for; in no word
FEWEST, MOST_SYLLABLES = 2, 4  # of a word, as the dictionary cuts
MOST_STAND_FOR = 24

_HAN = re.compile("[\u3400-\u9fff]+")
_SYLLABLE = re.compile(
    "(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?(?:a|o|e|ai|ei|ao|ou|an|en|ang|eng|er|i|ia|ie|iao|iu|ian|in|iang|ing|iong|ong"
    "|u|ua|uo|uai|ui|uan|un|uang|v|ve|ue)"
)
LONGEST_SYLLABLE = 6  # zhuang
OPEN_VOWELS = "aeo"


@cache
def _cutter() -> Any:
    import rjieba  # its dictionary takes a while to load: only when needed

    return rjieba


def _cut(written: str) -> Iterator[str]:
    """The words of a text as they stand in it, folded."""
    for word in _cutter().cut_for_search(text.sought(written[:8000])):
        stripped = word.strip()
        if 1 < len(stripped) <= LONGEST and stripped.isalnum():
            yield stripped


def _once(words: Iterable[str], most: int = MOST) -> list[str]:
    return list(dict.fromkeys(words))[:most]


def words_of(written: str) -> str:
    """The words of a text, apart, each once."""
    return " ".join(_once(_cut(written)))


def public_words_of(written: str) -> str:
    """The words of what the register shows, and how each is typed without Chinese input."""
    words = _once(_cut(written))
    return " ".join(_once((*words, *(typed for word in words for typed in _typed(word))), most=3 * MOST))


@lru_cache(maxsize=10_000)
def _typed(word: str) -> tuple[str, ...]:
    """A Chinese word as pinyin without tones, and its initials."""
    if not _HAN.fullmatch(word):
        return ()
    from pypinyin import lazy_pinyin  # its dictionaries take a while to load: only when needed

    readings.learn_places()
    syllables = [syllable.lower() for syllable in lazy_pinyin(word)]
    return "".join(syllables)[:LONGEST], "".join(syllable[0] for syllable in syllables)


def asked_words(asked: str) -> str:
    """What is looked for in the register: its words, for pinyin with whatever else may have been meant (``ONE_OF``).

    Where there is no word in it, as in a single character, the folded text itself.
    """
    meant = [ONE_OF.join(_once(said, MOST_STAND_FOR)) for said in _said(list(_cut(asked)))]
    return " ".join(_once(meant)) or text.sought(asked)


def _said(words: list[str]) -> Iterator[list[str]]:
    """For every word what may stand for it; syllables that were typed apart are read together: yang lao yuan."""
    run: list[str] = []
    for word in (*words, ""):
        if word and _SYLLABLE.fullmatch(word):
            run.append(word)
            continue
        if run:
            yield [*_within("".join(run)), *run]
            run = []
        if word:
            yield [word, *_within(word)]


def _within(run: str) -> list[str]:
    """The words of which a run of pinyin may consist: yanglaoyuanyajin is yanglaoyuan and yajin. Of anything else only itself."""
    if len(run) > LONGEST or len(run) not in _boundaries(run):
        return [run[:LONGEST]]
    apart = sorted(at for at in _boundaries(run) if _is_boundary(run, at))
    pieces = ((start, end) for start in apart for end in apart if start < end)
    words = [run[start:end] for start, end in pieces if _is_word(run[start:end])]
    return [run, *sorted(words, key=len, reverse=True)]


def _is_boundary(run: str, at: int) -> bool:
    """Whether the rest consists of syllables as well."""
    rest = run[at:]
    return at in {0, len(run)} or (rest[0] not in OPEN_VOWELS and len(rest) in _boundaries(rest))


@lru_cache(maxsize=1000)
def _boundaries(run: str) -> dict[int, frozenset[int]]:
    """Where syllables may end, each with how many there may be before.

    One that begins with a vowel is set apart by an apostrophe in pinyin, and so stands only at the beginning.
    """
    counts: dict[int, set[int]] = {0: {0}}
    for start in range(len(run)):
        if start not in counts or (start and run[start] in OPEN_VOWELS):
            continue
        for end in range(start + 1, min(start + LONGEST_SYLLABLE, len(run)) + 1):
            if _SYLLABLE.fullmatch(run, start, end):
                counts.setdefault(end, set()).update(count + 1 for count in counts[start])
    return {end: frozenset(count) for end, count in counts.items()}


def _is_word(piece: str) -> bool:
    """Whether it may be read as two to four syllables."""
    return any(FEWEST <= count <= MOST_SYLLABLES for count in _boundaries(piece).get(len(piece), ()))
