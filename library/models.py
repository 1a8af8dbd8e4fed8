"""The bookstore that every lesson runs on. `Meta.ordering` is left off: order is a lesson's own choice."""

from django.db import models
from django.db.models import Q


class Country(models.Model):
    name = models.CharField(max_length=60, unique=True)

    class Meta:
        verbose_name_plural = "countries"

    def __str__(self) -> str:
        return self.name


class Author(models.Model):
    name = models.CharField(max_length=120)
    email = models.EmailField(unique=True)
    bio = models.TextField(blank=True)
    joined_on = models.DateField()
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="authors")

    def __str__(self) -> str:
        return self.name


class Profile(models.Model):
    author = models.OneToOneField(Author, on_delete=models.CASCADE, related_name="profile")
    website = models.URLField()
    newsletter = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.website


class Publisher(models.Model):
    name = models.CharField(max_length=120, unique=True)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="publishers")

    def __str__(self) -> str:
        return self.name


class Genre(models.Model):
    name = models.CharField(max_length=60, unique=True)

    def __str__(self) -> str:
        return self.name


class Book(models.Model):
    title = models.CharField(max_length=200)
    isbn = models.CharField("ISBN", max_length=13, unique=True)
    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="books")
    publisher = models.ForeignKey(Publisher, on_delete=models.PROTECT, related_name="books")
    editor = models.ForeignKey(
        Author, on_delete=models.SET_NULL, related_name="edited_books", null=True, blank=True
    )
    genres = models.ManyToManyField(Genre, related_name="books")
    price = models.DecimalField(max_digits=7, decimal_places=2)
    pages = models.PositiveIntegerField()
    description = models.TextField()
    published_on = models.DateField(null=True, blank=True)
    is_published = models.BooleanField(default=False)
    sales_count = models.PositiveIntegerField(default=0)  # the book's sales, kept by whoever sells
    stock = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.title


class Customer(models.Model):
    name = models.CharField(max_length=120)
    email = models.EmailField(unique=True)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="customers")

    def __str__(self) -> str:
        return self.name


class Wallet(models.Model):
    customer = models.OneToOneField(Customer, on_delete=models.CASCADE, related_name="wallet")
    balance = models.DecimalField(max_digits=9, decimal_places=2, default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(balance__gte=0), name="wallet_balance_not_negative")]

    def __str__(self) -> str:
        return f"{self.balance}"


class Sale(models.Model):
    book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name="sales")
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="sales")
    quantity = models.PositiveIntegerField()
    amount = models.DecimalField(max_digits=9, decimal_places=2)  # price × quantity on the day
    sold_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Sale {self.pk}"


class Review(models.Model):
    book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name="reviews")
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="reviews")
    rating = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(rating__gte=1, rating__lte=5), name="review_rating_from_1_to_5")
        ]

    def __str__(self) -> str:
        return "★" * self.rating
