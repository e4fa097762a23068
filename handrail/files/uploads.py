"""No request fills the disk: what is far too large is refused before its first byte is read.

Words of a form are kept in memory, so they may be 5 MB (`DATA_UPLOAD_MAX_MEMORY_SIZE`). Only where a page
says that it takes long ones (`takes_long_words`), somebody signed in may bring as much as with files.
"""

from collections.abc import Callable
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.multipartparser import FIELD, ChunkIter, LazyStream, Parser
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


class LongFields(FileUploadHandler):
    """Reads a form's words whole, however long; files in it are left out."""

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: dict[str, str],
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> tuple[QueryDict, MultiValueDict[str, Any]] | None:
        given = QueryDict(mutable=True)
        for kind, told, stream in Parser(LazyStream(ChunkIter(input_data, self.chunk_size)), boundary):
            if kind == FIELD:
                name = told["content-disposition"][1]["name"]
                given.appendlist(name, stream.read().decode(encoding or "utf-8", "replace"))
            if len(given) > settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:
                raise RequestDataTooBig("The form has too many fields.")
        return given, MultiValueDict()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


class LongWords:
    """Stands before the middleware that first reads a form, which is the one against forged ones."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], _args: Any, _kwargs: Any
    ) -> None:
        """Read the form of such a page here; every other one meets Django's own limit."""
        length = request.headers.get("Content-Length", "")
        is_long = length.isdecimal() and settings.DATA_UPLOAD_MAX_MEMORY_SIZE < int(length) <= REQUEST_LIMIT
        takes_it = getattr(getattr(view, "view_class", None), "takes_long_words", False)
        if not (is_long and takes_it and request.user.is_authenticated):
            return
        if request.content_type == "multipart/form-data":
            request.upload_handlers = [LongFields(request), *request.upload_handlers]
        elif request.content_type == "application/x-www-form-urlencoded":
            request.POST = QueryDict(request.read(), encoding="utf-8")
