"""`manage.py forms`: forms come in, go out, are checked and compared as files."""

import copy
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from forms_engine.definition import build, to_json
from forms_engine.models import FormDefinition, FormVersion, PrivacyNotice
from tests.forms_engine.sample import SAMPLE

pytestmark = pytest.mark.django_db


def forms(*arguments: object) -> str:
    out = StringIO()
    call_command("forms", *map(str, arguments), stdout=out)
    return out.getvalue().strip()


def exit_code(*arguments: object) -> tuple[int, str]:
    """How the command ends, and what it prints before."""
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("forms", *map(str, arguments), stdout=out)
    return int(str(ended.value.code)), out.getvalue().strip()


@pytest.fixture
def data() -> dict[str, Any]:
    return copy.deepcopy(SAMPLE)


@pytest.fixture
def file(tmp_path: Path, data: dict[str, Any]) -> Path:
    return write(tmp_path / "form.json", data)


def write(path: Path, data: object) -> Path:
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return path


@pytest.fixture
def slug(data: dict[str, Any]) -> str:
    return str(data["slug"])


def test_a_form_comes_in_as_a_draft_that_nobody_sees(file: Path, slug: str) -> None:
    assert forms("import", file) == f"{slug}: saved as a draft"
    definition = FormDefinition.objects.get(slug=slug)
    assert not definition.live
    assert not FormVersion.objects.exists()


NOTICE = {"slug": "ours", "title": "How we use this", "text": "<p>We keep it for a year.</p>"}


@pytest.fixture
def with_its_notice(tmp_path: Path, data: dict[str, Any]) -> Path:
    """The file of a form, and beside its folder that of the notice that it begins with."""
    for folder in ("forms", "notices"):
        (tmp_path / folder).mkdir()
    write(tmp_path / "notices" / "ours.json", NOTICE)
    return write(tmp_path / "forms" / "form.json", data | {"notice": "ours"})


def test_a_forms_notice_comes_with_it_and_can_be_published(with_its_notice: Path, slug: str) -> None:
    assert forms("import", with_its_notice, "--publish") == f"{slug}: published"
    assert PrivacyNotice.objects.values("slug", "title", "text").get() == NOTICE


def test_a_notice_that_the_council_has_written_is_left_alone(with_its_notice: Path) -> None:
    PrivacyNotice.objects.create(slug="ours", title="Ours", text="<p>Our own words.</p>")
    forms("import", with_its_notice, "--publish")
    assert PrivacyNotice.objects.get().text == "<p>Our own words.</p>"


def test_a_form_whose_notice_is_nowhere_is_not_published_and_nothing_is_written(
    tmp_path: Path, data: dict[str, Any]
) -> None:
    with pytest.raises(CommandError, match="Make it first"):
        forms("import", write(tmp_path / "form.json", data | {"notice": "ours"}), "--publish")
    assert not FormDefinition.objects.exists()


def test_a_form_comes_in_published(file: Path, data: dict[str, Any], slug: str) -> None:
    assert forms("import", file, "--publish") == f"{slug}: published"
    version = FormVersion.objects.get()
    assert version.number == 1
    assert version.content == to_json(build(data))


def test_coming_in_again_changes_nothing(file: Path, slug: str) -> None:
    forms("import", file, "--publish")
    assert forms("import", file, "--publish") == f"{slug}: nothing to do"
    assert forms("import", file) == f"{slug}: nothing to do"
    assert FormVersion.objects.count() == 1


def test_a_draft_that_came_in_can_be_published_later(file: Path, slug: str) -> None:
    forms("import", file)
    assert forms("import", file, "--publish") == f"{slug}: published"


def test_a_changed_form_makes_the_next_version_and_leaves_the_first(
    file: Path, data: dict[str, Any], slug: str
) -> None:
    forms("import", file, "--publish")
    before = FormVersion.objects.get().content
    data["title"] = "Another title"
    write(file, data)
    forms("import", file, "--publish")
    assert [version.content["title"] for version in FormVersion.objects.order_by("number")] == [
        before["title"],
        "Another title",
    ]


def test_edits_that_nobody_published_are_covered_only_on_request(
    file: Path, data: dict[str, Any], slug: str
) -> None:
    forms("import", file, "--publish")
    definition = FormDefinition.objects.get(slug=slug)
    definition.title = "An editor is at it"
    definition.save_revision()
    data["title"] = "From the file"
    write(file, data)
    with pytest.raises(CommandError, match="--replace"):
        forms("import", file)
    assert FormDefinition.objects.get(slug=slug).get_latest_revision_as_object().title == "An editor is at it"
    forms("import", file, "--replace")
    assert FormDefinition.objects.get(slug=slug).get_latest_revision_as_object().title == "From the file"


def test_a_locked_form_is_left_alone(file: Path, data: dict[str, Any], slug: str) -> None:
    forms("import", file, "--publish")
    FormDefinition.objects.update(locked=True)
    data["title"] = "From the file"
    write(file, data)
    with pytest.raises(CommandError, match="locked"):
        forms("import", file, "--replace")


def test_faults_are_all_listed_with_their_places_and_nothing_is_written(
    file: Path, data: dict[str, Any], tmp_path: Path
) -> None:
    broken = copy.deepcopy(data)
    broken["slug"] = "another"
    steps = broken["sections"][0]["steps"]
    steps[0]["questions"][1]["id"] = steps[0]["questions"][0]["id"]
    steps[0]["show_if"] = {"question": "missing", "op": "was-answered"}
    malformed = write(tmp_path / "malformed.json", "{")
    with pytest.raises(CommandError) as refused:
        forms("import", file, write(tmp_path / "broken.json", broken), malformed, "--publish")
    lines = str(refused.value).splitlines()
    assert any("broken.json: $.sections[0].steps[0].questions[1].id: the id" in line for line in lines)
    assert any(
        'broken.json: $.sections[0].steps[0].show_if: there is no question "missing"' in line
        for line in lines
    )
    assert any("malformed.json: line 1, column 2: this is not JSON" in line for line in lines)
    assert lines[-1] == "Nothing was written."
    assert not FormDefinition.objects.exists(), "the sound file beside them was not brought in either"


def test_a_file_that_is_not_there_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"absent\.json: No such file"):
        forms("import", tmp_path / "absent.json")


def test_what_goes_out_comes_in_as_the_same(
    file: Path, data: dict[str, Any], slug: str, tmp_path: Path
) -> None:
    forms("import", file, "--publish")
    exported = write(tmp_path / "out.json", forms("export", slug))
    assert json.loads(exported.read_text()) == to_json(build(data))
    assert forms("import", exported, "--publish") == f"{slug}: nothing to do"
    assert forms("diff", slug, exported) == "The same"


@pytest.mark.parametrize("verb", ["export", "prove"])
def test_a_form_that_does_not_exist_is_said_to(verb: str) -> None:
    with pytest.raises(CommandError, match="There is no form nowhere"):
        forms(verb, "nowhere")


def test_a_sound_form_is_proved_from_its_file_and_by_its_name(file: Path, slug: str) -> None:
    assert forms("prove", file) == "Sound"
    forms("import", file)
    assert forms("prove", slug) == "Sound"
    assert json.loads(forms("prove", slug, "--json")) == {
        "sound": True,
        "checked": ["structure"],
        "findings": [],
    }


def test_an_unsound_form_ends_with_1_and_every_finding(file: Path, data: dict[str, Any]) -> None:
    data["handler"] = "nobody"
    data["sections"][0]["title"] = "About {kid}"
    write(file, data)
    code, said = exit_code("prove", file)
    assert code == 1
    assert len(said.splitlines()) == 2
    code, said = exit_code("prove", file, "--json")
    assert code == 1
    assert [finding["path"] for finding in json.loads(said)["findings"]] == [
        "$.handler",
        "$.sections[0].title",
    ]


def test_the_difference_to_a_file_is_told_part_by_part(file: Path, data: dict[str, Any], slug: str) -> None:
    forms("import", file, "--publish")
    question = data["sections"][0]["steps"][0]["questions"][0]
    question["label"] = "In other words"
    removed = data["sections"][0]["steps"][0]["questions"].pop()
    write(file, data)
    code, said = exit_code("diff", slug, file)
    assert code == 1
    assert said.splitlines() == [
        *(f"removed: {part}" for part in [f"question {removed['id']}"]),
        f"reworded: question {question['id']} (label)",
    ]
