"""The bookstore in the admin: pages fetch what they show with their rows, and search long lists."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet, URLField
from django.http import HttpRequest

from library import models

# What Django 6 assumes of a URL without a scheme; Django 5.2 warns until it is told.
HTTPS_ASSUMED = {URLField: {"assume_scheme": "https"}}


class BookCountAdmin(admin.ModelAdmin):
    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(book_count=Count("books"))

    @admin.display(description="books", ordering="book_count")
    def book_count(self, counted: Any) -> int:
        return counted.book_count


class ProfileInline(admin.StackedInline):
    model = models.Profile
    formfield_overrides = HTTPS_ASSUMED


class WalletInline(admin.StackedInline):
    model = models.Wallet


@admin.register(models.Country)
class CountryAdmin(admin.ModelAdmin):
    ordering = ["name"]
    search_fields = ["name"]


@admin.register(models.Genre)
class GenreAdmin(BookCountAdmin):
    list_display = ["name", "book_count"]
    ordering = ["name"]
    search_fields = ["name"]


@admin.register(models.Author)
class AuthorAdmin(BookCountAdmin):
    list_display = ["name", "email", "country", "joined_on", "book_count"]
    list_filter = ["country", "joined_on"]
    list_select_related = ["country"]
    ordering = ["-pk"]
    search_fields = ["name", "email"]
    inlines = [ProfileInline]


@admin.register(models.Profile)
class ProfileAdmin(admin.ModelAdmin):
    list_display = ["author", "website", "newsletter"]
    list_filter = ["newsletter"]
    list_select_related = ["author"]
    autocomplete_fields = ["author"]
    search_fields = ["author__name", "website"]
    formfield_overrides = HTTPS_ASSUMED


@admin.register(models.Publisher)
class PublisherAdmin(BookCountAdmin):
    list_display = ["name", "country", "book_count"]
    list_filter = ["country"]
    list_select_related = ["country"]
    ordering = ["name"]
    search_fields = ["name"]


@admin.register(models.Book)
class BookAdmin(admin.ModelAdmin):
    list_display = ["title", "author", "publisher", "price", "published_on", "is_published", "sales_count"]
    list_filter = ["is_published", "published_on", ("editor", admin.EmptyFieldListFilter), "genres"]
    list_select_related = ["author", "publisher"]
    ordering = ["-pk"]
    search_fields = ["title", "author__name", "isbn__exact"]
    autocomplete_fields = ["author", "publisher", "editor"]
    filter_horizontal = ["genres"]
    readonly_fields = ["sales_count"]


@admin.register(models.Customer)
class CustomerAdmin(admin.ModelAdmin):
    list_display = ["name", "email", "country"]
    list_filter = ["country"]
    list_select_related = ["country"]
    ordering = ["-pk"]
    search_fields = ["name", "email"]
    inlines = [WalletInline]


@admin.register(models.Wallet)
class WalletAdmin(admin.ModelAdmin):
    list_display = ["customer", "balance"]
    list_select_related = ["customer"]
    autocomplete_fields = ["customer"]
    search_fields = ["customer__name", "customer__email__exact"]


@admin.register(models.Sale)
class SaleAdmin(admin.ModelAdmin):
    list_display = ["book", "customer", "quantity", "amount", "sold_at"]
    list_filter = ["sold_at"]
    list_select_related = ["book", "customer"]
    autocomplete_fields = ["book", "customer"]
    search_fields = ["book__isbn__exact", "customer__email__exact"]
    search_help_text = "An ISBN or a customer's e-mail address, in full."


@admin.register(models.Review)
class ReviewAdmin(admin.ModelAdmin):
    list_display = ["book", "customer", "rating"]
    list_filter = ["rating"]
    list_select_related = ["book", "customer"]
    autocomplete_fields = ["book", "customer"]
    search_fields = ["book__isbn__exact", "customer__email__exact"]
    search_help_text = "An ISBN or a customer's e-mail address, in full."
