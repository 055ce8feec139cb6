"""Which pages may be kept by a browser or a proxy: none, but for those that say so."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec, TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control

Rest = ParamSpec("Rest")
Answer = TypeVar("Answer", bound=HttpResponseBase)
View = Callable[Concatenate[HttpRequest, Rest], Answer]


def public(seconds: int) -> Callable[[View[Rest, Answer]], View[Rest, Answer]]:
    """A view whose answer is the same for everybody and may be kept for so many seconds.

    `PrivateByDefaultMiddleware` takes it back where the answer turns out to set a cookie.
    """

    def decorate(view: View[Rest, Answer]) -> View[Rest, Answer]:
        @wraps(view)
        def kept(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> Answer:
            response = view(request, *args, **kwargs)
            if response.status_code == HTTPStatus.OK:
                patch_cache_control(response, public=True, max_age=seconds)
            return response

        return kept

    return decorate
