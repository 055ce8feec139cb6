"""Parts of a page that are rendered once, not for each request."""

from collections.abc import Sequence

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()
# Of one part, before it begins anew: more different ones come only where a name was not well chosen.
MOST_KEPT = 1_000


class Constant(template.Node):
    # No block can stand in it: a page that extends another looks for them in all of its nodes, each time.
    child_nodelists = ()

    def __init__(self, nodelist: NodeList, names: Sequence[FilterExpression]) -> None:
        self.nodelist = nodelist
        self._names = names
        self._rendered: dict[tuple[object, ...], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        key = (get_language(), *(name.resolve(context) for name in self._names))
        if key not in self._rendered:
            if len(self._rendered) >= MOST_KEPT:
                self._rendered.clear()
            self._rendered[key] = self.nodelist.render(context)
        return self._rendered[key]


@register.tag
def constant(parser: Parser, token: Token) -> Constant:
    """`{% constant %} ... {% endconstant %}`: rendered once in a process for each language.

    For addresses of static files and of views, and for translated words, which together cost more than the rest of
    a page. Nothing that depends on the request, the person or the council may stand in it, but for what is named:
    `{% constant council.council_name navigation.menu %}` is rendered once for each name and menu. What is named is
    few and can be hashed.
    """
    nodelist = parser.parse(("endconstant",))
    parser.delete_first_token()
    return Constant(nodelist, [parser.compile_filter(name) for name in token.split_contents()[1:]])
