"""The kinds of questions. The engine puts its own in here as any app does: in `AppConfig.ready()`."""

from core.registry import Registry
from forms_engine.types.base import QuestionType

question_types: Registry[QuestionType] = Registry("question types")
