"""A form of 100 questions saved in the editor: `python -m benchmarks.editor` prints seconds and queries as JSON."""

import json
import time

import django

PAGES = 50  # of two questions each
TIMES = 5


def main() -> None:
    django.setup()
    from django.conf import settings
    from django.test import Client
    from django.urls import reverse

    from benchmarks import seats
    from benchmarks.long_forms import long_form
    from tests.forms_engine.editing import form_of, posted
    from tests.queries import counted_queries

    data = long_form(PAGES)
    form = form_of(data)
    client = Client(headers={"host": "127.0.0.1"})
    client.cookies[settings.SESSION_COOKIE_NAME] = seats.taken("editor")[0].session
    address = reverse("wagtailsnippets_forms_engine_formdefinition:edit", args=[form.pk])

    def save(words: str) -> float:
        """Seconds."""
        boxes = posted(data | {"title": words})
        began = time.perf_counter()
        answer = client.post(address, boxes)
        took = time.perf_counter() - began
        form.refresh_from_db()
        assert answer.status_code == 302, answer.status_code
        assert form.get_latest_revision_as_object().title == words
        return took

    took = [save(f"Saved {number}") for number in range(TIMES)]
    with counted_queries() as queries:
        save("Counted")
    # Those of `save` itself: the form, its newest revision.
    print(json.dumps({"seconds": min(took), "queries": len(queries)}))


if __name__ == "__main__":
    main()
