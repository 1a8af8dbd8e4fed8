from django.template import Context, Template

from library.models import Book


def the_template_hides_it(log):
    """A template that prints `book.author.name` hides an N+1 that the view does not show."""
    books = Book.objects.all()
    template = Template("{% for book in books %}{{ book.author.name }}{% endfor %}")
    in_the_view = len(log)
    template.render(Context({"books": books}))
    return in_the_view == 0 and len(log) == 1 + len(books)


def if_costs_a_query(log):
    """`{% if books %}` before `{% for book in books %}` costs a query more."""
    template = Template("{% if books %}{% for book in books %}{{ book.title }}{% endfor %}{% endif %}")
    template.render(Context({"books": Book.objects.all()}))
    return len(log) > 1
