"""What the worker is woken for. Nothing is decided here: the rows say what is due."""

from celery import shared_task

from core import outbox, periodic


@shared_task
def sweep() -> None:
    """Deliver what is due in the outbox."""
    outbox.sweep()


@shared_task
def tick() -> None:
    """What the timer does every two seconds: deliver what is due, then the periodic work that is due."""
    outbox.sweep()
    periodic.run_due()
