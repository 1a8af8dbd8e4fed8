from django.db import transaction
from setup import Parcel


def pack_next(packer):
    with transaction.atomic():
        parcel = Parcel.objects.filter(packer="").order_by("pk").select_for_update().first()
        if parcel is None:
            return None
        parcel.packer = packer
        parcel.save(update_fields=["packer"])
    return parcel.label


def alice():
    return pack_next("alice")


def bob():
    return pack_next("bob")
