from django.dispatch import Signal

# A shelf has taken the place of connections["default"] in this thread. Sent with `connection`, the one it
# replaced as `replaced`, and `recorded`: whether a recorder is about to watch it (a timing pass is unwatched).
shelf_opened = Signal()
