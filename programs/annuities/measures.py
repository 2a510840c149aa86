"""The public figures of enterprise annuities: how many, how much of GDP, how fast they grow."""

from pathlib import Path

from governance.catalogue import measures

measures.offer(Path(__file__).parent / "data" / "measures.json")
