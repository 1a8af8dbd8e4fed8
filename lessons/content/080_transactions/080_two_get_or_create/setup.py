from django.db import models


class LooseTag(models.Model):
    name = models.CharField(max_length=30)
    curator = models.CharField(max_length=20)

    def __str__(self):
        return self.name


class Tag(models.Model):
    name = models.CharField(max_length=30, unique=True)
    curator = models.CharField(max_length=20)

    def __str__(self):
        return self.name


def setup():
    """No tag is there yet."""
