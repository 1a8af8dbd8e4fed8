from django import forms

from library.models import Book, Publisher


class BookForm(forms.ModelForm):
    publisher = forms.ModelChoiceField(queryset=Publisher.objects.order_by("name"), empty_label="Choose one")

    class Meta:
        model = Book
        fields = ["title", "publisher", "published_on"]


BookFormSet = forms.modelformset_factory(Book, form=BookForm, extra=0)


def run():
    undated = Book.objects.filter(published_on=None).order_by("pk")
    formset = BookFormSet(queryset=undated)
    return formset.as_p()
