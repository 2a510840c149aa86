"""What is sent in parts arrives whole or not at all."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler
from django.http.multipartparser import MultiPartParser, MultiPartParserError

TAIL = 512  # bytes: a boundary has seventy at the most (RFC 2046, 5.1.1), a browser sends a line's end behind it


class _Listening:
    """A stream that remembers how it ended."""

    def __init__(self, stream: Any) -> None:
        self._stream, self.tail = stream, b""

    def read(self, *size: int) -> bytes:
        """As the stream itself."""
        data = self._stream.read(*size)
        self.tail = (self.tail + data)[-TAIL:]
        return data


class WholeOnly(FileUploadHandler):
    """The first of the upload handlers: refuses a form whose last boundary never came.

    Without it a form that was cut off, or put together wrongly, looks like one without a file, and whoever sent it
    believes that the file is there.
    """

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, boundary: bytes, encoding: str | None = None) -> Any:
        """Parse as ever, then look how it ended. Raises MultiPartParserError, which is answered with 400."""
        others = [one for one in self.request.upload_handlers if one is not self]
        if content_length == 0:
            return None
        listening = _Listening(input_data)
        told = MultiPartParser(META, listening, others, encoding).parse()
        if b"--" + boundary + b"--" not in listening.tail:
            raise MultiPartParserError("The last boundary is missing.")
        return told

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Not asked: the others receive."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Not asked: the others complete."""
