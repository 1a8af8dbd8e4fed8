from setup import Click, PageView, Visit


def run():
    Visit.objects.filter(is_old=True).delete()
    return [Visit.objects.count(), PageView.objects.count(), Click.objects.count()]
