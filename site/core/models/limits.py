from django.db import models


class LimiterCount(models.Model):
    """How often something happened within a window, by a keyed hash: no address or name stands here."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveBigIntegerField()
    since = models.DateTimeField()

    def __str__(self) -> str:
        return self.key
