"""The words of a form with the child's name in them, or "you" where the child fills it in."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, override, pgettext
from django.utils.translation import gettext as _

Wording = Callable[[str], str]

_NAME = re.compile(r"\{(\w+)\}")


def wording_for(names: Mapping[str, str], translations: Mapping[str, Any] | None = None) -> Wording:
    """What puts `names` into a text: "Where should {child} learn?". Without a name, "your child".

    With "by_child" among them the child fills the form in, and {you_or_child} is "you". A name with a capital, such
    as {Child}, begins a sentence. Braces that are no known name stay as they were written: editors may use them.

    `translations` are those of the form whose texts they are, by language. Where it has none for the page's language
    its texts are in the site's own, and so is what is put into them.
    """
    with override(_language_of(translations)):
        child = names.get("child") or _("your child")
        words = {"child": child} | (_of_oneself() if "by_child" in names else _of_a_child(child))
    words |= {_capital(name): _capital(said) for name, said in words.items()}

    def worded(text: str) -> str:
        # Most texts have none.
        return _NAME.sub(lambda found: words.get(found[1], found[0]), text) if "{" in text else text

    return worded


def _language_of(translations: Mapping[str, Any] | None) -> str:
    now = get_language() or settings.LANGUAGE_CODE
    return now if translations is None or translations.get(now) else settings.LANGUAGE_CODE


def _of_oneself() -> dict[str, str]:
    return {
        "you_or_child": pgettext("the person who fills in the form", "you"),
        "your_or_childs": pgettext("of the person who fills in the form", "your"),
        "are_or_is": pgettext("you", "are"),
        "do_or_does": pgettext("you", "do"),
        "have_or_has": pgettext("you", "have"),
    }


def _of_a_child(child: str) -> dict[str, str]:
    return {
        "you_or_child": child,
        "your_or_childs": _("%(child)s’s") % {"child": child},
        "are_or_is": pgettext("a child", "is"),
        "do_or_does": pgettext("a child", "does"),
        "have_or_has": pgettext("a child", "has"),
    }


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
