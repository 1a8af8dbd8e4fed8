from django import forms

from library.models import Country, Publisher


class PublisherForm(forms.ModelForm):
    country = forms.ModelChoiceField(queryset=Country.objects.order_by("name"), empty_label="Choose one")

    class Meta:
        model = Publisher
        fields = ["name", "country"]

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = choices


PublisherFormSet = forms.modelformset_factory(Publisher, form=PublisherForm, extra=0)


def run():
    countries = Country.objects.order_by("name").values_list("pk", "name")
    choices = [("", "Choose one"), *countries]
    formset = PublisherFormSet(queryset=Publisher.objects.order_by("pk"), form_kwargs={"choices": choices})
    return formset.as_p()
