from setup import Parcel


def pack_next(packer):
    free = Parcel.objects.filter(packer="").order_by("pk")
    while parcel := free.first():
        if Parcel.objects.filter(pk=parcel.pk, packer="").update(packer=packer):
            return parcel.label
    return None


def alice():
    return pack_next("alice")


def bob():
    return pack_next("bob")
