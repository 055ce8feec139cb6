"""A page opened and saved in forms of few and of many pages: does a form's length, or what was typed, cost more?"""

from collections.abc import Callable
from functools import partial

from benchmarks import seats
from benchmarks.calls import Caller
from benchmarks.long_forms import answers
from benchmarks.typing_in import TypingIn, page_path


def _client(pages: int, number: int) -> tuple[Caller, str]:
    """A browser at page `number` of a form of `pages` pages, all before it answered."""
    from config.wsgi import application

    seat = seats.taken(f"long-{pages}-{number}")[0]
    caller, path = Caller(application, seat.cookies), page_path(seat.draft, f"s{number}")
    caller.get(path, f'name="q-q{number}"')
    return caller, path


def _page(pages: int, number: int) -> Callable[[], None]:
    caller, path = _client(pages, number)
    return lambda: caller.get(path, f'name="q-q{number}"') and None


def _save(pages: int, number: int) -> Callable[[], None]:
    caller, path = _client(pages, number)

    def typed(revision: int) -> dict[str, str]:
        found = answers(number) | {f"r{number}": f"Some words, {revision}"}
        return {f"q-{question}": answer for question, answer in found.items()}

    typing = TypingIn(caller.get(path, f'name="q-q{number}"'), typed)
    return lambda: caller.post(path, typing.next_post()) and None


# (pages of the form, the page where its person is). Pages 3 and 51 are alike: both stand on a condition, and say so.
PLACES = ((6, 3), (100, 51), (60, 1), (60, 60))

page_of_6, page_of_100 = (partial(_page, *place) for place in PLACES[:2])
save_of_6, save_of_100, save_first_of_60, save_last_of_60 = (partial(_save, *place) for place in PLACES)
