"""Parts of a page that are the same for everybody."""

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


class Constant(template.Node):
    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist
        self._rendered: dict[str | None, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        language = get_language()
        if language not in self._rendered:
            self._rendered[language] = self.nodelist.render(context)
        return self._rendered[language]


@register.tag
def constant(parser: Parser, token: Token) -> Constant:
    """`{% constant %} ... {% endconstant %}`: rendered once in a process for each language.

    For addresses of static files and of views, and for translated words, which together cost more than the rest of
    a page. Nothing that depends on the request, the person or the council may stand in it.
    """
    nodelist = parser.parse(("endconstant",))
    parser.delete_first_token()
    return Constant(nodelist)
