from pathlib import Path

from django.core.files.base import ContentFile
from pytest_django import Settings

from core.static_files import ManifestStorage


def test_a_script_that_another_imports_is_named_by_its_content_too(
    settings: Settings, tmp_path: Path
) -> None:
    storage = ManifestStorage(location=str(tmp_path), base_url="/static/")
    storage.save("init.js", ContentFile(b'import { start } from "./parts.js";\nstart();\n'))
    storage.save("parts.js", ContentFile(b"export function start() {}\n"))

    done = list(storage.post_process({"init.js": (storage, "init.js"), "parts.js": (storage, "parts.js")}))

    assert [error for _, _, error in done if isinstance(error, Exception)] == []
    assert storage.stored_name("parts.js") != "parts.js"
    init = (tmp_path / storage.stored_name("init.js")).read_text()
    assert storage.stored_name("parts.js") in init
