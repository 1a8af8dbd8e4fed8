"""Nobody asks for a page there."""

urlpatterns: list[object] = []
