"""The public figures of commercial insurance: density and depth, and what the paper says that cannot be worked out."""

from pathlib import Path

from governance.catalogue import measures

measures.offer(Path(__file__).parent / "data" / "measures.json")
