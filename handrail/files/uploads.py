"""No request fills the disk: what is far too large is refused before its first byte is read."""

from typing import IO, Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

#: Forms take less and say so beside their field, with what was typed kept; this is the wall behind them.
REQUEST_LIMIT = 100 * 1024 * 1024


class BoundedUpload(FileUploadHandler):
    """The first of the upload handlers: it looks at the stated length and leaves the rest to the others."""

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: dict[str, str],
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> tuple[QueryDict, MultiValueDict[str, Any]] | None:
        """Raises RequestDataTooBig, which is answered by 400. A body without a length has none for Django."""
        if content_length > REQUEST_LIMIT:
            raise RequestDataTooBig(f"{content_length} bytes are more than a request may bring")
        return None

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
