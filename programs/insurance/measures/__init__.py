"""The public figures of basic insurance, and pensions province by province."""

from pathlib import Path

from governance.catalogue import measures

measures.offer(Path(__file__).parent.parent / "data" / "measures.json")
