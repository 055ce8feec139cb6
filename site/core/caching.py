"""Which pages may be kept by a browser or a proxy: none, but for those that say so."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]


def public(seconds: int) -> Callable[[View[Rest]], View[Rest]]:
    """A view whose answer is the same for everybody and may be kept for so many seconds.

    `PrivateByDefaultMiddleware` takes it back where the answer turns out to set a cookie.
    """

    def decorate(view: View[Rest]) -> View[Rest]:
        @wraps(view)
        def kept(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
            response = view(request, *args, **kwargs)
            if response.status_code == HTTPStatus.OK:
                patch_cache_control(response, public=True, max_age=seconds)
            return response

        return kept

    return decorate
