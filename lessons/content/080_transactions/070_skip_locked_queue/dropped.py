from django.db import transaction
from setup import Parcel


class Dropped(Exception):
    pass


def pack_next(packer, *, drops=False):
    with transaction.atomic():
        parcel = Parcel.objects.filter(packer="").order_by("pk").select_for_update(skip_locked=True).first()
        if parcel is None:
            return None
        parcel.packer = packer
        parcel.save(update_fields=["packer"])
        if drops:
            raise Dropped(parcel.label)
    return parcel.label


def alice():
    return pack_next("alice", drops=True)


def bob():
    return pack_next("bob")
