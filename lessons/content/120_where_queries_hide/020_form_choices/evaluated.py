from django import forms

from library.models import Book, Publisher


class BookForm(forms.ModelForm):
    publisher = forms.ModelChoiceField(queryset=Publisher.objects.order_by("name"), empty_label="Choose one")

    class Meta:
        model = Book
        fields = ["title", "publisher", "published_on"]

    def __init__(self, *args, publishers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["publisher"].queryset = publishers


BookFormSet = forms.modelformset_factory(Book, form=BookForm, extra=0)


def run():
    undated = Book.objects.filter(published_on=None).order_by("pk")
    publishers = Publisher.objects.order_by("name")
    len(publishers)  # evaluates the queryset, which keeps its rows
    formset = BookFormSet(queryset=undated, form_kwargs={"publishers": publishers})
    return formset.as_p()
