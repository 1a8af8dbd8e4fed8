from setup import SubscriberWithTrigrams as Subscriber
from trigrams import containing


def run():
    typed = "ndberg"
    return list(containing(Subscriber.objects, typed).order_by("pk").values_list("pk", "name"))
