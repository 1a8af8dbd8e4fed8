from setup import Subscriber


def run():
    typed = "ndberg"
    return list(Subscriber.objects.filter(name__icontains=typed).order_by("pk").values_list("pk", "name"))
