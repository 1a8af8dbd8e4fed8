from django import forms

from library.models import Country, Publisher


class PublisherForm(forms.ModelForm):
    country = forms.ModelChoiceField(queryset=Country.objects.order_by("name"), empty_label="Choose one")

    class Meta:
        model = Publisher
        fields = ["name", "country"]


PublisherFormSet = forms.modelformset_factory(Publisher, form=PublisherForm, extra=0)


def run():
    formset = PublisherFormSet(queryset=Publisher.objects.order_by("pk"))
    return formset.as_p()
