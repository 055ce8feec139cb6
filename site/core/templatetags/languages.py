"""The switch between the site's languages."""

from django import template

from core import languages

register = template.Library()


@register.simple_tag
def other_languages() -> list[languages.Language]:
    """In what else this page can be read."""
    return languages.others()
