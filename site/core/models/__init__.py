from core.models.audit import AuditEntry, Seal, audit_viewers
from core.models.council import BankHoliday, CouncilSettings
from core.models.limits import LimiterCount, LimitReached
from core.models.messages import SentMessage
from core.models.outbox import LastRun, OutboxItem

__all__ = [
    "AuditEntry",
    "BankHoliday",
    "CouncilSettings",
    "LastRun",
    "LimitReached",
    "LimiterCount",
    "OutboxItem",
    "Seal",
    "SentMessage",
    "audit_viewers",
]
