from core.models.audit import AuditEntry, Seal, audit_viewers
from core.models.council import BankHoliday, CouncilSettings
from core.models.limits import LimiterCount
from core.models.messages import SentMessage
from core.models.outbox import LastRun, OutboxItem

__all__ = [
    "AuditEntry",
    "BankHoliday",
    "CouncilSettings",
    "LastRun",
    "LimiterCount",
    "OutboxItem",
    "Seal",
    "SentMessage",
    "audit_viewers",
]
