"""The upload handler that stops a file at its limit, without losing the answers that came with it.

Django's own limits do not count files, and a check in a view comes when everything is on the disk.
"""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse

from core.limits import ask_to_wait


class CappedUploadHandler(FileUploadHandler):
    """First of the handlers. What a file has over its limit is read and dropped.

    It then stands in `request.FILES` with its true size and no content: `private_files.take_in` refuses it by
    that size.

    Past settings.UPLOAD_POST_MAX_BYTES of files in one post, no more is read at all: `was_cut_off` tells.
    """

    cut_off = False
    received = 0  # bytes of all files of the post

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.received += len(raw_data)
        if self.received > settings.UPLOAD_POST_MAX_BYTES:
            self.cut_off = True
            raise StopUpload(connection_reset=True)
        if start + len(raw_data) > settings.UPLOAD_MAX_BYTES:
            return None
        return raw_data

    def file_complete(self, file_size: int) -> "UploadedFile[Any] | None":
        if file_size <= settings.UPLOAD_MAX_BYTES:
            return None  # The next handler has it.
        too_big = SimpleUploadedFile(self.file_name or "", b"", self.content_type or "")
        too_big.size = file_size
        return too_big


def was_cut_off(request: HttpRequest) -> bool:
    """Whether the rest of a post was not read, its files being far too large. The fields before them are there."""
    handlers = request.upload_handlers
    return any(isinstance(handler, CappedUploadHandler) and handler.cut_off for handler in handlers)


# What a script sends along that shows how far a file has come, and where the answer says which page is next.
BY_SCRIPT, NEXT_PAGE = "X-Upload", "X-Next-Page"


def for_script(request: HttpRequest, response: HttpResponse, wait: int = 0) -> HttpResponse:
    """A redirect as a script can read it, which would follow one unseen; any other answer as it is.

    `wait`: the seconds until files are taken again, where one was refused for coming too soon. 429 and Retry-After say
    so to a script, and with a page that is the answer itself. Whoever posts without a script is redirected all the
    same: her answers are saved, a browser follows no address in a 429, and the page it leads to says why.
    """
    if response.status_code == HTTPStatus.FOUND:
        if BY_SCRIPT not in request.headers:
            return response
        response = HttpResponse(status=HTTPStatus.NO_CONTENT, headers={NEXT_PAGE: response["Location"]})
    return ask_to_wait(response, wait) if wait else response
