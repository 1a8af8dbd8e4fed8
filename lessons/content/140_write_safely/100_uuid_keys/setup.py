from random import Random, getrandbits
from time import time_ns
from uuid import UUID, uuid4

from django.db import models

from library.models import Book

_latest = 0


def uuid7():
    """The time, and then 62 random bits, by RFC 9562. Python has it in `uuid` since 3.14."""
    global _latest
    _latest = max(time_ns() * 4096 // 1_000_000, _latest + 1)  # in 4,096ths of a millisecond
    return UUID(int=_latest >> 12 << 80 | 7 << 76 | (_latest & 0xFFF) << 64 | 0b10 << 62 | getrandbits(62))


def uuid4_of(number):
    """A random key, as `uuid.uuid4()` makes them, but the same in each run: you see what others see."""
    return UUID(int=Random(number + 3).getrandbits(128), version=4)


class RandomOrder(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4)
    number = models.PositiveIntegerField()

    def __str__(self):
        return f"Order {self.number}"


class Order(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7)
    number = models.PositiveIntegerField()

    def __str__(self):
        return f"Order {self.number}"


def setup():
    """Yesterday's orders, one for each book."""
    place_orders(range(1, Book.objects.count() + 1))


def place_orders(numbers):
    """In both tables, one after the other."""
    RandomOrder.objects.bulk_create([RandomOrder(id=uuid4_of(number), number=number) for number in numbers])
    Order.objects.bulk_create([Order(number=number) for number in numbers])
