"""The public figures of care homes: occupancy, vacancy, beds for old people."""

from pathlib import Path

from governance.catalogue import measures

measures.offer(Path(__file__).parent / "data" / "measures.json")
