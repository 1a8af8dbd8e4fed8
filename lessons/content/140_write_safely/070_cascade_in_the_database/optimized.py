from setup import FreeClick, FreePageView, FreeVisit


def run():
    FreeVisit.objects.filter(is_old=True).delete()
    return [FreeVisit.objects.count(), FreePageView.objects.count(), FreeClick.objects.count()]
