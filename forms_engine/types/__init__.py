"""The kinds of questions. The engine puts its own in here as any app does: in `AppConfig.ready()`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.registry import Registry
from forms_engine.spec import Question

if TYPE_CHECKING:  # the editor's boxes, which types are made with, ask this registry
    from forms_engine.types.base import QuestionType

question_types: Registry[QuestionType] = Registry("question types")


def takes_files(question: Question) -> bool:
    """Whether the answer to `question` is files: rows of their own, not something typed."""
    return question_types.get(question.type).takes_files
