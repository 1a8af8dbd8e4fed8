from django.db import models

from library.models import Author, Book

SECTION = "The reader may keep this book on three devices, and may lend it to one person at a time."


class AbstractTerms(models.Model):
    name = models.CharField(max_length=60)
    text = models.TextField()

    class Meta:
        abstract = True

    def __str__(self):
        return self.name


class Licence(AbstractTerms):
    """Five of them. Each is the licence of many e-books."""


class Contract(AbstractTerms):
    """One for each author, with a licence's text in it."""


class Ebook(models.Model):
    title = models.CharField(max_length=200)
    licence = models.ForeignKey(Licence, on_delete=models.PROTECT, related_name="ebooks")
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="ebooks")

    def __str__(self):
        return self.title


def setup():
    licences = [Licence(pk=number, name=f"Licence {number}", text=text_of(number)) for number in range(1, 6)]
    contracts = {
        author: Contract(pk=author, name=f"Contract {author}", text=licences[author % 5].text)
        for author in Author.objects.values_list("pk", flat=True)
    }
    ebooks = [
        Ebook(title=title, licence=licences[author % 5], contract=contracts[author])
        for title, author in Book.objects.order_by("pk").values_list("title", "author")
    ]
    Licence.objects.bulk_create(licences)
    Contract.objects.bulk_create(contracts.values(), batch_size=500)
    Ebook.objects.bulk_create(ebooks, batch_size=500)


def text_of(number, sections=60):
    return "\n".join(f"{number}.{section:02} {SECTION}" for section in range(1, sections + 1))
