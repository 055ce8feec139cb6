"""`manage.py forms import|export|prove|diff`: forms as JSON files. What it is given and says is a fixed interface."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from forms_engine.definition import DefinitionFaults, build, find_faults, loads, to_json
from forms_engine.importing import InTheWay, import_form, standing
from forms_engine.models import PrivacyNotice
from forms_engine.publishing import UnsoundFormError
from forms_engine.rules.changes import compare
from forms_engine.rules.faults import Fault
from forms_engine.spec import Form
from forms_engine.streams import from_stream


class Command(BaseCommand):
    help = "Forms as JSON files: bring them in, write them out, check them, compare them."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        bring = verbs.add_parser(
            "import", help="make a new revision of each form; nothing is written on a fault"
        )
        bring.add_argument("files", nargs="+", type=Path, metavar="FILE")
        bring.add_argument("--publish", action="store_true", help="publish what was brought in")
        bring.add_argument("--replace", action="store_true", help="cover edits that are not published")
        export = verbs.add_parser("export", help="print a form as it stands in the editor")
        export.add_argument("slug")
        prove = verbs.add_parser(
            "prove", help="check a form: exit 0 when sound, 1 with every finding when not"
        )
        prove.add_argument("form", metavar="FILE-or-SLUG")
        prove.add_argument("--json", action="store_true", help="the findings as JSON")
        diff = verbs.add_parser("diff", help="what a file would change: exit 0 when nothing, else 1")
        diff.add_argument("slug")
        diff.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        # "import" cannot be the name of a method.
        verbs = {"import": self.bring, "export": self.export, "prove": self.prove, "diff": self.diff}
        verbs[options["verb"]](options)

    def bring(self, options: dict[str, Any]) -> None:
        read = {path: _read(path) for path in options["files"]}
        faults = [f"{path}: {line}" for path, (_data, faults) in read.items() for line in _lines(faults)]
        if faults:
            raise CommandError("\n".join([*faults, "Nothing was written."]))
        with transaction.atomic():
            said = [self._bring_one(path, data, options) for path, (data, _faults) in read.items()]
        self.stdout.write("\n".join(said))

    def _bring_one(self, path: Path, data: Any, options: dict[str, Any]) -> str:
        _bring_notice(path, data.get("notice", ""))
        try:
            outcome = import_form(data, publish=options["publish"], replace=options["replace"])
        except (InTheWay, UnsoundFormError) as refusal:
            raise CommandError(f"{path}: {refusal}\nNothing was written.") from None
        return f"{data['slug']}: {outcome.value}"

    def export(self, options: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(to_json(_standing(options["slug"])), indent=2, ensure_ascii=False))

    def prove(self, options: dict[str, Any]) -> None:
        path = Path(options["form"])
        faults = _read(path)[1] if path.is_file() else find_faults(to_json(_standing(options["form"])))
        if options["json"]:
            findings = [{"path": place, "message": message} for place, message in faults]
            result = {"sound": not faults, "checked": ["structure"], "findings": findings}
            self.stdout.write(json.dumps(result, indent=2, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(_lines(faults)) or "Sound")
        if faults:
            raise SystemExit(1)

    def diff(self, options: dict[str, Any]) -> None:
        data, faults = _read(options["file"])
        if faults:
            raise CommandError("\n".join(_lines(faults)))
        differences = compare(_standing(options["slug"]), build(data))
        self.stdout.write("\n".join(map(str, differences)) or "The same")
        if differences:
            raise SystemExit(1)


def _bring_notice(path: Path, notice: str) -> None:
    """Make the notice that a form begins with from `../notices/` beside its file. One that is there is left alone."""
    file = path.resolve().parent.parent / "notices" / f"{notice}.json"
    if notice and file.is_file() and not PrivacyNotice.objects.filter(slug=notice).exists():
        said = json.loads(file.read_text(encoding="utf-8"))
        PrivacyNotice.objects.create(slug=notice, title=said["title"], text=said["text"])


def _read(path: Path) -> tuple[Any, list[Fault]]:
    """The JSON in `path`, and everything that is wrong with it."""
    try:
        data = loads(path.read_bytes())
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from None
    except DefinitionFaults as unsound:
        return None, list(unsound.faults)
    return data, find_faults(data)


def _lines(faults: Iterable[Fault]) -> list[str]:
    return [f"{place}: {message}" for place, message in faults]


def _standing(slug: str) -> Form:
    definition = standing(slug)
    if definition is None:
        raise CommandError(f"There is no form {slug}")
    return build(from_stream(definition))
