from django.db import models


class Note(models.Model):
    """What the bare form writes: one row of three fields."""

    title = models.CharField(max_length=200)
    email = models.EmailField()
    text = models.TextField()
