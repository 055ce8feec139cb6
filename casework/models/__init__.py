from casework.models.actions import Action
from casework.models.cases import Case, CaseAccess, CaseEvent

__all__ = ["Action", "Case", "CaseAccess", "CaseEvent"]
