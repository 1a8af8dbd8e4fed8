from setup import Parcel


def watch():
    return list(Parcel.objects.order_by("pk").values("label", "packer"))


def invariant(packed):
    """No parcel is packed by two workers."""
    labels = sorted(filter(None, packed.values()))
    by_whom = " and ".join(f"{packer} {label or 'nothing'}" for packer, label in packed.items())
    return len(labels) == len(set(labels)), f"Packed: {by_whom}."
