from django import forms

from library.models import Book, Publisher

FORMS = 3


def choices_are_shared(log):
    """If you evaluate the queryset of a ModelChoiceField once, all forms share its rows."""
    publishers = Publisher.objects.order_by("name")
    len(publishers)

    class Assigned(forms.Form):
        publisher = forms.ModelChoiceField(queryset=Publisher.objects.none())

        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.fields["publisher"].queryset = publishers

    class Listed(forms.Form):
        publisher = forms.ModelChoiceField(queryset=publishers)

        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.fields["publisher"].choices = [(publisher.pk, publisher.name) for publisher in publishers]

    return {
        "given to the field of the class": _queries(log, _form(queryset=publishers)) <= 1,
        "assigned to `field.queryset` in each form": _queries(log, Assigned) <= 1,
        "its rows assigned to `field.choices` in each form": _queries(log, Listed) <= 1,
    }


def one_query_when_rendered(log):
    """A ModelChoiceField runs one query when its form is rendered."""
    publishers = Publisher.objects.order_by("name")
    return {
        "a select": _queries(log, _form(queryset=publishers)) == FORMS,
        "a select with `empty_label=None`": _queries(log, _form(queryset=publishers, empty_label=None)) == FORMS,
        "radio buttons": _queries(log, _form(queryset=publishers, widget=forms.RadioSelect)) == FORMS,
        "a number input": _queries(log, _form(queryset=publishers, widget=forms.NumberInput)) == FORMS,
    }


def labels_are_free(log):
    """The labels of the choices come with the query for the choices."""
    publishers = Publisher.objects.order_by("name")
    plain = _queries(log, _form(queryset=publishers)) == FORMS
    Publisher.__str__ = lambda publisher: f"{publisher.name}, {publisher.country.name}"
    return {
        "`__str__` that shows a column": plain,
        "`__str__` that reads a foreign key": _queries(log, _form(queryset=publishers)) == FORMS,
        "the same, with `select_related()` in the field's queryset": _queries(
            log, _form(queryset=publishers.select_related("country"))
        )
        == FORMS,
    }


def valid_without_queries(log):
    """`is_valid()` compares the posted key with the choices of the form, so it needs no query."""

    class Form(forms.Form):
        publisher = forms.ModelChoiceField(queryset=Publisher.objects.all())

    class Listed(Form):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.fields["publisher"].choices = [("1", "One")]

    class Typed(forms.Form):
        publisher = forms.TypedChoiceField(coerce=int, choices=[("1", "One")])

    class BookForm(forms.ModelForm):
        class Meta:
            model = Book
            fields = ["publisher"]

    posted = {"publisher": "1"}
    return {
        "a ModelChoiceField": _validating(log, Form(posted)) == 0,
        "a ModelChoiceField whose `choices` are set": _validating(log, Listed(posted)) == 0,
        "a ModelForm": _validating(log, BookForm(posted, instance=Book.objects.first())) == 0,
        "a TypedChoiceField with a list": _validating(log, Typed(posted)) == 0,
    }


def a_list_of_choices_is_one_query(log):
    """`list(field.choices)` runs one query."""
    field = forms.ModelChoiceField(queryset=Publisher.objects.order_by("name"))
    before = len(log)
    list(field.choices)
    as_list = len(log) - before
    before = len(log)
    [choice for choice in field.choices]
    return {
        "`list(field.choices)`": as_list == 1,
        "a loop over `field.choices`": len(log) - before == 1,
    }


def _form(**options):
    return type("Form", (forms.Form,), {"publisher": forms.ModelChoiceField(**options)})


def _queries(log, form):
    """Those of rendering a few forms."""
    formset = forms.formset_factory(form, extra=FORMS)()
    before = len(log)
    formset.as_p()
    return len(log) - before


def _validating(log, form):
    before = len(log)
    form.is_valid()
    return len(log) - before
