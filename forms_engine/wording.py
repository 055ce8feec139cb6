"""The words of a form with the child's name in them."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

Wording = Callable[[str], str]


def wording_for(names: Mapping[str, str]) -> Wording:
    """What puts `names` into a text: "Where should {child} learn?". Without a name, "your child".

    Braces that are no known name stay as they were written: editors may use them.
    """
    child = names.get("child") or _("your child")

    def worded(text: str) -> str:
        return text.replace("{child}", child)

    return worded
