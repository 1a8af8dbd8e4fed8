from django.template import Context, Template

from library.models import Book


def the_template_hides_it(log):
    """A template that prints `book.author.name` in a loop runs an N+1 that the view does not show."""
    books = Book.objects.all()
    template = Template("{% for book in books %}{{ book.author.name }}{% endfor %}")
    in_the_view = len(log)
    template.render(Context({"books": books}))
    return in_the_view == 0 and len(log) == 1 + len(books)


def asking_costs_a_query(log):
    """If a template asks whether there are books, or how many, this costs one query more than the loop."""
    loop = "{% for book in books %}{{ book.title }}{% endfor %}"
    return {
        "`{% if books %}`, then the loop": _costs_more(log, "{% if books %}" + loop + "{% endif %}"),
        "`{% if books.exists %}`, then the loop": _costs_more(log, "{% if books.exists %}" + loop + "{% endif %}"),
        "`{{ books|length }}`, then the loop": _costs_more(log, "{{ books|length }}" + loop),
        "`{{ books.count }}`, then the loop": _costs_more(log, "{{ books.count }}" + loop),
        "the loop, then `{{ books.count }}`": _costs_more(log, loop + "{{ books.count }}"),
    }


def _costs_more(log, source):
    """Whether it takes more than the one query of the loop."""
    before = len(log)
    Template(source).render(Context({"books": Book.objects.all()}))
    return len(log) - before > 1
