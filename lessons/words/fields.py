"""What became of the fields that a run fetched into objects, model by model."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ModelFields:
    """One model's fields in a run."""

    model: str
    read: tuple[str, ...]  # on every object, or on some
    unread: tuple[str, ...]  # on none

    @property
    def fetched(self):
        return len(self.read) + len(self.unread)


def list_fields(uses):
    """Return a ModelFields for each model of these FieldUses, in their order."""
    by_model: dict = {}
    for use in uses:
        by_model.setdefault(use.model, []).append(use)
    return [_model(model, of_model) for model, of_model in by_model.items()]


def _model(model, uses):
    return ModelFields(
        model=model,
        read=tuple(use.field for use in uses if use.read),
        unread=tuple(use.field for use in uses if not use.read),
    )
