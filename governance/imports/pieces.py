"""The file as it was kept, piece by piece; and what kind of file it is."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from typing import IO, Any

from governance.imports.faults import FileFault
from governance.imports.models import ImportPiece
from governance.stakeholders.ciphers import seal_bytes, unseal_bytes

LABEL = "piece-of-a-file"  # files name people, so they are never kept in the clear


def keep(batch: Any, number: int, content: bytes) -> None:
    """A piece of the file, sealed."""
    ImportPiece.objects.create(batch=batch, number=number, content=seal_bytes(content, label=LABEL))


def pieces(batch: Any) -> Iterator[bytes]:
    """One piece after the other."""
    number = 0
    while (found := ImportPiece.objects.filter(batch=batch, number=number).values_list("content", flat=True).first()) is not None:
        yield unseal_bytes(bytes(found), label=LABEL)
        number += 1


def put_together(batch: Any, file: IO[bytes]) -> None:
    """The whole file again, on the disk: while rows are copied in, the connection cannot be asked for more pieces."""
    for piece in pieces(batch):
        file.write(piece)
    file.seek(0)


def kind_of(first: bytes) -> str:
    """"workbook" or "text", by what the file begins with, not by its name."""
    if not first:
        raise FileFault("empty")
    if first.startswith(b"PK\x03\x04"):
        return "workbook"
    if first.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileFault("old-workbook")
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise FileFault("utf-16")
    return "text"


def encoding_of(parts: Iterable[bytes]) -> str:
    """UTF-8 if the whole file is, else GB18030 if the whole file is. Raises FileFault naming the line otherwise."""
    decoders = {name: codecs.getincrementaldecoder(name)() for name in ("utf-8", "gb18030")}
    line = 1
    for part in parts:
        if b"\0" in part:
            raise FileFault("nul", line=line + part[: part.index(b"\0")].count(b"\n"))
        _keep_fitting(decoders, part, line)
        line += part.count(b"\n")
    _keep_fitting(decoders, b"", line, final=True)
    return "utf-8-sig" if "utf-8" in decoders else "gb18030"


def _keep_fitting(decoders: dict[str, codecs.IncrementalDecoder], part: bytes, line: int, *, final: bool = False) -> None:
    """Drop those that cannot read this part, which begins on this line; with none left, the line of the last fault is told."""
    fault = line
    for name in list(decoders):
        try:
            decoders[name].decode(part, final)
        except UnicodeDecodeError as problem:
            fault = line + part[: problem.start].count(b"\n")
            del decoders[name]
    if not decoders:
        raise FileFault("encoding", line=fault)
