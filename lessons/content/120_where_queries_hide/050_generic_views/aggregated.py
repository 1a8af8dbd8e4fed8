from django.db.models import Count, Sum
from django.test import RequestFactory
from django.views.generic import ListView

from library.models import Book


class StockList(ListView):
    template_name = "stock.html"

    def get_queryset(self):
        return Book.objects.filter(stock__gt=0).order_by("pk")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        totals = self.object_list.aggregate(titles=Count("pk"), copies=Sum("stock"))
        return {**context, **totals}


def run():
    response = StockList.as_view()(RequestFactory().get("/stock/"))
    return response.render().text
