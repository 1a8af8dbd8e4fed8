from django.db import transaction
from setup import Click, PageView, Visit


def run():
    with transaction.atomic():
        Click.objects.filter(page_view__visit__is_old=True).delete()
        PageView.objects.filter(visit__is_old=True).delete()
        Visit.objects.filter(is_old=True).delete()
    return [Visit.objects.count(), PageView.objects.count(), Click.objects.count()]
