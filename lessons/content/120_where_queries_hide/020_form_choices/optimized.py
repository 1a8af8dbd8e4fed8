from django import forms

from library.models import Book, Publisher


class BookForm(forms.ModelForm):
    publisher = forms.ModelChoiceField(queryset=Publisher.objects.order_by("name"), empty_label="Choose one")

    class Meta:
        model = Book
        fields = ["title", "publisher", "published_on"]

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["publisher"].choices = choices


BookFormSet = forms.modelformset_factory(Book, form=BookForm, extra=0)


def run():
    undated = Book.objects.filter(published_on=None).order_by("pk")
    publishers = Publisher.objects.order_by("name").values_list("pk", "name")
    choices = [("", "Choose one"), *publishers]
    formset = BookFormSet(queryset=undated, form_kwargs={"choices": choices})
    return formset.as_p()
