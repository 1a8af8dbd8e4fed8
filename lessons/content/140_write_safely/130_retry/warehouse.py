parcels = []


def pack(book_id):
    """Tell the warehouse, which is another system, to pack a copy. No rollback takes it back."""
    parcels.append(book_id)
