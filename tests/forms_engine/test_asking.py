"""A page as it is asked: its wording, its options, what must be answered, and for whom. Complaints 5 and 7."""

import copy
import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_engine.definition import build
from forms_engine.rules.journey import Journey, State, StepStore, walk
from forms_engine.rules.seeing import seen
from forms_engine.spec import Form, Level, Question

TODAY = dt.date(2026, 10, 20)
YOUNG = {"question": "who", "op": "is", "value": "me"}
BELOW = {"question": "income", "op": "less-than", "value": {"threshold": "income"}}
SPECIAL = {"question": "s-kind", "op": "is", "value": "special"}


def ask(id: str, type: str = "short_text", **more: Any) -> dict[str, Any]:
    return {"id": id, "type": type, "label": id, **more}


def choice(id: str, *options: Any, **more: Any) -> dict[str, Any]:
    made = [option if isinstance(option, dict) else {"id": option, "label": option} for option in options]
    return ask(id, "one_of", options=made, **more)


def step(id: str, *questions: dict[str, Any], kind: str = "questions", **more: Any) -> dict[str, Any]:
    return {"id": id, "kind": kind, "title": id, "questions": list(questions), **more}


# Who fills it in, then schools one by one, then pages that depend on both.
FORM: dict[str, Any] = {
    "slug": "wishes",
    "title": "Wishes",
    "reference_prefix": "WSH",
    "handler": "",
    "thresholds": {
        "income": [
            {"from": "2018-04-01", "value": 7400, "source": "SI 2018/148"},
            {"from": "2026-09-01", "value": 8000.5, "source": "SI 2026/1"},
        ]
    },
    "sections": [
        {
            "id": "all",
            "title": "All",
            "steps": [
                step(
                    "first",
                    choice("who", "parent", {"id": "me", "label": "I am", "is_child": True}),
                    ask("born", "date"),
                    ask("income", "number", config={"maximum_threshold": "income"}),
                ),
                step(
                    "second",
                    choice(
                        "place",
                        "here",
                        {"id": "college", "label": "College", "show_if": YOUNG},
                        level="required",
                        variants=[
                            {"when": YOUNG, "label": "Where will you learn?", "hint": "Your own words"}
                        ],
                    ),
                    ask("phone", required_if=YOUNG),
                    variants=[{"when": YOUNG, "title": "Your wishes"}],
                ),
                step(
                    "schools",
                    ask("s-name", level="required"),
                    choice("s-kind", "special", "other", level="required"),
                    ask("s-age", show_if=YOUNG, level="required"),
                    kind="group",
                    group={"least": 0, "most": 9, "item_name": "school", "title_question": "s-name"},
                ),
                step("any", ask("any-q"), show_if={"any_item": "schools", "has": SPECIAL}),
                step("every", ask("every-q"), show_if={"every_item": "schools", "has": SPECIAL}),
                step("many", ask("many-q"), show_if={"items": "schools", "op": "more-than", "value": 1}),
                step(
                    "poor",
                    ask("poor-q"),
                    show_if=BELOW,
                ),
                step(
                    "adult", ask("adult-q"), show_if={"question": "born", "op": "age-at-least", "value": 16}
                ),
                step("office", ask("office-q", level="required"), audience="staff"),
                step("mixed", ask("mixed-q"), ask("mixed-staff", audience="staff")),
                step("send", kind="check"),
            ],
        }
    ],
}
WISHES = build(FORM)


def go(
    pages: dict[str, dict[str, Any]], schools: list[dict[str, Any]] | None = None, form: Form = WISHES
) -> Journey:
    store = {(id, ""): StepStore(values) for id, values in pages.items()}
    for place, values in enumerate(schools or []):
        store["schools", f"i{place}"] = StepStore(values)
    if schools is not None:
        store["schools", ""] = StepStore(items=tuple(f"i{place}" for place in range(len(schools))))
    return walk(form, store, TODAY)


def ids(journey: Journey) -> list[str]:
    return [each.step.id for each in journey.path]


def question(journey: Journey, id: str) -> Question:
    return journey.steps[WISHES.step_of[id].id].step.questions_by_id[id]


ME = {"first": {"who": "me"}}


def test_wording_follows_an_earlier_answer() -> None:
    parent, young = go({}), go(ME)
    assert (question(parent, "place").label, parent.steps["second"].step.title) == ("place", "second")
    assert question(young, "place").label == "Where will you learn?"
    assert question(young, "place").hint == "Your own words"
    assert young.steps["second"].step.title == "Your wishes"


def test_a_question_is_required_where_its_condition_is_true_and_only_there() -> None:
    assert question(go({}), "phone").level is Level.OPTIONAL
    assert question(go(ME), "phone").level is Level.REQUIRED
    done = go({**ME, "second": {"place": "here"}})
    assert done.steps["second"].state is State.IN_PROGRESS
    assert go({"second": {"place": "here"}}).steps["second"].state is State.DONE


def test_an_option_can_be_chosen_only_where_its_condition_is_true() -> None:
    assert [option.id for option in question(go({}), "place").options] == ["here"]
    assert [option.id for option in question(go(ME), "place").options] == ["here", "college"]


def test_what_follows_an_option_that_cannot_be_chosen_is_no_question_of_its_own() -> None:
    data = copy.deepcopy(FORM)
    college = {"id": "college", "label": "College", "show_if": YOUNG, "reveals": ["course"]}
    data["sections"][0]["steps"][1]["questions"] = [
        choice("place", "here", college),
        ask("course", level="required"),
    ]
    form = build(data)

    without, young = go({"second": {"place": "here"}}, form=form), go(ME, form=form)

    assert without.steps["second"].step.question_ids == ("place",)
    assert without.steps["second"].state is State.DONE
    assert young.steps["second"].step.question_ids == ("place", "course")


@pytest.mark.capability("B32")
def test_complaint_7_an_answer_of_an_abandoned_branch_does_not_count_whether_page_question_or_option() -> (
    None
):
    answers = {"second": {"place": "college", "phone": "1"}, "mixed": {"mixed-q": "kept"}}
    assert go({**ME, **answers}).values["place"] == "college"
    changed = go({"first": {"who": "parent"}, **answers})
    assert "place" not in changed.values, "the option has gone, and the choice with it"
    assert changed.steps["second"].state is State.IN_PROGRESS
    assert changed.values["mixed-q"] == "kept"
    old = [{"s-name": "A", "s-kind": "special", "s-age": "12"}]
    assert go(ME, old).values["schools"] == old
    assert go({}, old).values["schools"] == [{"s-name": "A", "s-kind": "special"}]
    assert "any" in ids(go({}, old))
    assert "any" not in ids(go({}, [])), "nor does a page that only an item of a group had opened"
    on_that_page = {"any": {"any-q": "Because"}}
    assert go(on_that_page, old).values["any-q"] == "Because"
    assert "any-q" not in go(on_that_page, []).values, "and what was answered there counts no more"
    hidden = copy.deepcopy(FORM)
    hidden["sections"].insert(
        0, {"id": "none", "title": "None", "steps": [step("zero", choice("go", "on", "off"))]}
    )
    hidden["sections"][1]["show_if"] = {"question": "go", "op": "is", "value": "on"}
    hidden["sections"].append({"id": "end", "title": "End", "steps": [hidden["sections"][1]["steps"].pop()]})
    turned = build(hidden)
    assert go({"zero": {"go": "on"}, **ME}, form=turned).values["who"] == "me"
    assert go({"zero": {"go": "off"}, **ME}, form=turned).values == {"go": "off"}, "nor does a whole section"


@pytest.mark.capability("B32")
def test_complaint_5_logic_in_repeating_groups_works() -> None:
    special = {"s-name": "A", "s-kind": "special"}
    other = {"s-name": "B", "s-kind": "other"}
    # Within an item: what depends on an earlier page is asked of each item, and counts in each.
    inside = go(ME, [special]).steps["schools"].items[0]
    assert "s-age" in inside.asked
    assert inside.is_blocking
    assert "s-age" not in go({}, [special]).steps["schools"].items[0].asked
    # After it: any item, every item, how many.
    opened = {
        "none": ids(go({}, [])),
        "one special": ids(go({}, [special])),
        "both": ids(go({}, [special, other])),
        "unfinished": ids(go({}, [special, {"s-name": "C"}])),
    }
    assert {
        name: [id for id in found if id in ("any", "every", "many")] for name, found in opened.items()
    } == {
        "none": [],
        "one special": ["any", "every"],
        "both": ["any", "many"],
        "unfinished": ["any", "many"],
    }


@pytest.mark.parametrize(
    ("income", "day", "opened"),
    [
        pytest.param(7500, dt.date(2026, 8, 31), False, id="above what it was"),
        pytest.param(7500, dt.date(2026, 9, 1), True, id="below what it is from that day"),
        pytest.param("8000.50", dt.date(2026, 9, 1), False, id="exactly"),
        pytest.param(7000, dt.date(2018, 3, 31), False, id="before there was any"),
    ],
)
def test_a_threshold_is_what_it_is_on_the_day(income: Any, day: dt.date, opened: bool) -> None:
    assert ("poor" in ids(walk(WISHES, {("first", ""): StepStore({"income": income})}, day))) is opened


def test_a_limit_follows_its_threshold_by_date() -> None:
    def limit(day: dt.date) -> Any:
        return seen(WISHES, day, by_staff=False).question("income").config.get("maximum")

    assert [float(limit(dt.date(2026, month, 1))) for month in (8, 9)] == [7400, 8000.5]
    assert limit(dt.date(2018, 1, 1)) is None


def test_an_age_is_counted_on_the_day_of_the_request() -> None:
    assert "adult" in ids(go({"first": {"born": "2010-10-20"}}))
    assert "adult" not in ids(go({"first": {"born": "2010-10-21"}}))


def test_families_never_meet_what_is_for_staff() -> None:
    family, staff = (seen(WISHES, TODAY, by_staff=by_staff) for by_staff in (False, True))
    assert {"office", "mixed-staff"}.isdisjoint({*family.steps_by_id, *family.step_of})
    assert {"office", "mixed"} <= {*staff.steps_by_id}
    assert "mixed-staff" in staff.step_of
    assert "mixed" in family.steps_by_id


def test_what_follows_an_answer_of_staff_is_for_staff() -> None:
    data = copy.deepcopy(FORM)
    checked = choice("checked", {"id": "no", "label": "No", "reveals": ["why"]}, audience="staff")
    data["sections"][0]["steps"][1]["questions"] = [ask("remarks"), checked, ask("why", level="required")]

    assert seen(build(data), TODAY, by_staff=False).steps_by_id["second"].question_ids == ("remarks",)


def test_a_form_with_nothing_for_staff_and_no_thresholds_is_itself() -> None:
    plain = copy.deepcopy(FORM)
    del plain["thresholds"]
    plain["sections"][0]["steps"] = [plain["sections"][0]["steps"][1], plain["sections"][0]["steps"][-1]]
    form = build(plain)
    assert seen(form, TODAY, by_staff=False) is form


def test_a_rule_that_fails_takes_no_option_away_and_demands_nothing() -> None:
    wrong = {"question": "born", "op": "more-than", "value": 3}
    data = copy.deepcopy(FORM)
    data["sections"][0]["steps"][1]["questions"] = [
        choice("place", "here", {"id": "college", "label": "College", "show_if": wrong}),
        ask("phone", required_if=wrong, advised_if=wrong),
    ]
    found = go({"first": {"born": "soon"}}, form=build(data)).steps["second"].step
    assert [option.id for option in found.questions[0].options] == ["here", "college"]
    assert found.questions[1].level is Level.OPTIONAL


@pytest.mark.parametrize(
    ("level", "who", "asked"),
    [
        pytest.param("optional", "me", Level.ADVISED, id="where it is true"),
        pytest.param("optional", "parent", Level.OPTIONAL, id="where it is not"),
        pytest.param("optional", None, Level.OPTIONAL, id="where nobody knows"),
        pytest.param("required", "me", Level.REQUIRED, id="never less than it is"),
    ],
)
def test_a_question_is_advised_where_an_earlier_answer_says_so(
    level: str, who: str | None, asked: Level
) -> None:
    data = copy.deepcopy(FORM)
    data["sections"][0]["steps"][1]["questions"] = [ask("phone", advised_if=YOUNG, level=level)]
    entry = {"first": {"who": who} if who else {}}
    assert go(entry, form=build(data)).steps["second"].step.questions[0].level is asked


def test_what_is_required_and_advised_on_conditions_is_required_where_both_are_true() -> None:
    data = copy.deepcopy(FORM)
    both = ask("phone", required_if=YOUNG, advised_if=YOUNG)
    data["sections"][0]["steps"][1]["questions"] = [both]
    found = go({"first": {"who": "me"}}, form=build(data)).steps["second"].step
    assert found.questions[0].level is Level.REQUIRED


WHO = st.sampled_from([{}, {"who": "me"}, {"who": "parent"}])
SECOND = st.fixed_dictionaries(
    {}, optional={"place": st.sampled_from(["here", "college"]), "phone": st.just("1")}
)
SCHOOL = st.fixed_dictionaries(
    {},
    optional={"s-name": st.just("A"), "s-kind": st.sampled_from(["special", "other"]), "s-age": st.just("9")},
)


def walk_slowly(
    first: dict[str, Any], second: dict[str, Any], schools: list[dict[str, Any]]
) -> tuple[list[str], Any]:
    """The documentation, said again for this one form: the steps on the path, and the answers that count."""
    is_me = first.get("who") == "me"
    values = dict(first)
    values |= {id: value for id, value in second.items() if is_me or value != "college"}
    values["schools"] = [
        {id: value for id, value in school.items() if is_me or id != "s-age"} for school in schools
    ]
    kinds = [school.get("s-kind") for school in schools]
    path = ["first", "second", "schools"]
    path += ["any"] if "special" in kinds else []
    path += ["every"] if kinds and all(kind == "special" for kind in kinds) else []
    path += ["many"] if len(kinds) > 1 else []
    return [*path, "mixed", "send"], values


@given(WHO, SECOND, st.lists(SCHOOL, max_size=3))
def test_a_walk_gives_what_the_documentation_says(
    first: dict[str, Any], second: dict[str, Any], schools: list[dict[str, Any]]
) -> None:
    family = seen(WISHES, TODAY, by_staff=False)
    found = go({"first": first, "second": second}, schools, form=family)
    assert (ids(found), found.values) == walk_slowly(first, second, schools)


def test_each_way_a_page_can_be_is_made_once() -> None:
    assert go(ME).steps["second"].step is go(ME).steps["second"].step
    assert go(ME).steps["second"].step is not go({}).steps["second"].step


def test_a_page_that_depends_on_nothing_is_the_forms_own() -> None:
    assert go({}).steps["mixed"].step is WISHES.steps_by_id["mixed"]
