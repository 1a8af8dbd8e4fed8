from django.http import JsonResponse

from library.models import Book, Country, Review


def complaints(request):
    reviews = Review.objects.filter(rating=1).order_by("pk")
    rows = [(each.book.title, each.customer.name, each.customer.country.name) for each in reviews]
    return JsonResponse(rows, safe=False)


def catalogue(request):
    books = Book.objects.order_by("pk")[:20]
    return JsonResponse([(book.title, book.author.name) for book in books], safe=False)


def countries(request):
    return JsonResponse(list(Country.objects.order_by("name").values_list("name")), safe=False)
