"""What the editor offers to complete, in a real Chromium: what fits, and nothing that does not."""

import pytest
from playwright.sync_api import expect

from tests.editor import BUILT, CODE, offered, open_editor, shown_offers, write

pytestmark = BUILT
IMPORTS = "from django.db.models import Count, F, OuterRef, Prefetch, Q, Subquery, Sum\nfrom library.models import Book\n\n"
LOOP = "for book in Book.objects.filter(pages__gt=9):\n    print(book.|)"


@pytest.fixture(scope="module")
def editor(site, window):
    """One for all, since each test writes anew."""
    page = window.new_page()
    yield open_editor(page, site)
    page.close()


@pytest.mark.parametrize(
    ("code", "there", "not_there"),
    [
        ("Book.|", {"objects": "manager"}, {"filter", "title"}),
        ("Book.objects.|", {"filter": "(*args, **kwargs)", "create": "(**kwargs)"}, {"delete", "title", "add"}),
        ("Book.objects.fil|", {"filter": "(*args, **kwargs)"}, set()),
        ("Book.objects.filter(pages=1).|", {"delete": "()", "order_by": "(*field_names)"}, {"title", "objects"}),
        ("Book.objects.values('title').|", {"distinct": "(*field_names)"}, {"title"}),
        ("Book.objects.count().|", {}, {"filter", "title"}),
        ("x = (\n    Book.objects\n    .filter(pages=1)\n    .|\n)", {"order_by": "(*field_names)"}, {"title"}),
        ("Book.objects.first().|", {"title": "text", "author": "Author", "save": None}, {"filter", "pages__gt"}),
        ("Book.objects.first().author.|", {"books": "many Book", "profile": "Profile or None"}, {"title"}),
        ("Book.objects.first().author.books.|", {"filter": None, "add": None}, {"remove", "title"}),
        ("Book.objects.first().genres.|", {"filter": None, "add": None, "remove": None}, set()),
        ("Book.objects.all()[0].|", {"title": "text"}, {"filter"}),
        ("Book.objects.all()[:5].|", {"filter": None}, {"title"}),
        (LOOP, {"title": "text", "author": "Author", "author_id": "whole number"}, {"filter"}),
        ("titles = [book.| for book in Book.objects.all()]", {"title": "text"}, {"filter"}),
        ("print(sum(book.| for book in Book.objects.all()))", {"pages": "whole number"}, {"filter"}),
        (
            "books = Book.objects.all()\nbooks = books.filter(pages=1)\nfor book in books:\n    book.|",
            {"title": "text"},
            set(),
        ),
        ("for book in list(Book.objects.all()):\n    book.|", {"title": "text"}, {"filter"}),
        ("for book in Book.objects.iterator():\n    book.|", {"title": "text"}, {"filter"}),
        ("for book in Book.objects.values():\n    book.|", {}, {"title", "filter"}),
        (
            "for book in Book.objects.all():\n    for sale in book.sales.all():\n        sale.|",
            {"amount": "decimal"},
            {"title"},
        ),
        ("for book in Book.objects.annotate(sold=Count('sales')):\n    book.|", {"sold": "annotation"}, set()),
        ("async def run():\n    book = await Book.objects.aget(pk=1)\n    book.|", {"title": "text"}, {"filter"}),
        (
            "def one():\n    item = Book.objects.first()\n\ndef other():\n    item = Genre.objects.first()\n    item.|",
            {"books": "many Book"},
            {"title"},
        ),
        ("Draft.objects.|", {"filter": None}, {"title"}),
        ("Draft.objects.first().|", {"save": None}, {"filter", "title"}),
        ("shelf.|", {}, {"filter", "title", "print"}),
    ],
)
def test_after_a_dot(editor, code, there, not_there):
    check(offered(editor, IMPORTS + code), there, not_there)


@pytest.mark.parametrize(
    ("code", "there", "not_there"),
    [
        (
            "Book.objects.select_related('|')",
            {"author": "Author", "editor": "Author or None"},
            {"genres", "sales", "title"},
        ),
        (
            "Book.objects.select_related('author__|')",
            {"country": "Country", "profile": "Profile or None"},
            {"books", "name"},
        ),
        ("Book.objects.select_related('author', '|')", {"publisher": "Publisher"}, {"genres"}),
        ("Book.objects.prefetch_related('|')", {"genres": "many Genre", "author": "Author"}, {"title", "pages"}),
        ("Book.objects.prefetch_related('author__books__|')", {"reviews": "many Review"}, {"title"}),
        ("Book.objects.prefetch_related(Prefetch('|'))", {"sales": "many Sale"}, {"title"}),
        (
            "Book.objects.values('|')",
            {"title": "text", "author": "Author", "genres": "many Genre"},
            {"exact", "gt"},
        ),
        ("Book.objects.values_list('author__country__|', flat=True)", {"name": "text"}, {"title", "in", "exact"}),
        ("Book.objects.values('published_on__|')", {"year": "whole number"}, {"gte", "title"}),
        ("Book.objects.only('|')", {"title": "text", "author_id": "whole number"}, {"genres", "sales"}),
        ("Book.objects.defer('author__|')", {"bio": "text"}, {"books", "icontains"}),
        ("Book.objects.order_by('-|')", {"published_on": "date or None"}, {"gte"}),
        ("Book.objects.annotate(sold=Count('sales')).order_by('-so|')", {"sold": "annotation"}, set()),
        ("Book.objects.filter(stock__lt=F('|'))", {"sales_count": "whole number"}, {"lt"}),
        ("Book.objects.annotate(n=Sum('sales__|'))", {"amount": "decimal"}, {"title"}),
        ("Book.objects.aggregate(Count('|'))", {"sales": "many Sale"}, {"gte"}),
        ("Book.objects.filter('|')", {"author": "Author"}, set()),
        ("Book.objects.filter(**{'price__|': 3})", {"gte": "lookup"}, {"title", "icontains"}),
        ("Book.objects.filter(title='|')", {}, {"title", "author"}),
        ("Book.objects.filter(pk__in=['|'])", {}, {"title", "author"}),
        (
            "Author.objects.annotate(x=Subquery(Book.objects.filter(author=OuterRef('|'))))",
            {"bio": "text"},
            {"isbn"},
        ),
        ("Book.objects.bulk_update(books, ['|'])", {"title": "text", "author": "Author"}, {"genres", "sales"}),
        ("Book.objects.latest('|')", {"published_on": "date or None"}, {"gte"}),
        ("print('|')", {}, {"title", "print"}),
        ("F('|')", {}, {"title"}),
    ],
)
def test_in_quotes(editor, code, there, not_there):
    check(offered(editor, IMPORTS + code), there, not_there)


@pytest.mark.parametrize(
    ("code", "there", "not_there"),
    [
        ("Book.objects.filter(|)", {"title": "text", "author": "Author", "sales": "many Sale"}, {"exact"}),
        ("Book.objects.filter(author__|)", {"name": "text", "in": "lookup"}, {"title", "icontains"}),
        ("Book.objects.filter(author__na|)", {"name": "text"}, {"title"}),
        ("Book.objects.exclude(title__|)", {"icontains": "lookup", "in": "lookup"}, {"year", "title"}),
        ("Book.objects.filter(price__|)", {"gte": "lookup"}, {"icontains", "year"}),
        ("Book.objects.filter(published_on__|)", {"gte": "lookup", "year": "whole number"}, {"icontains", "hour"}),
        ("Book.objects.filter(published_on__year__|)", {"gte": "lookup"}, {"year", "title"}),
        ("Book.objects.filter(Q(author__country__|))", {"name": "text"}, {"title"}),
        ("Book.objects.filter(\n    title='x',\n    pub|\n)", {"publisher": "Publisher"}, set()),
        ("Book.objects.get(pri|)", {"price": "decimal"}, set()),
        ("Book.objects.first().author.books.filter(pri|)", {"price": "decimal"}, {"bio"}),
        ("Book.objects.filter(title=pri|)", {"print": ""}, {"title", "author"}),
        (
            "Book.objects.filter(pages=1).update(|)",
            {"stock": "whole number", "author": "Author"},
            {"genres", "pk"},
        ),
        ("Book.objects.create(|)", {"title": "text"}, {"sales", "pk"}),
        ("Book.objects.create(auth|)", {"author": "Author", "author_id": "whole number"}, set()),
        ("Book(|)", {"title": "text"}, {"sales"}),
        ("Book.objects.annotate(n=Count('sales')).filter(n|)", {"n": "annotation"}, set()),
        ("Draft.objects.filter(|)", {}, {"title"}),
        ("Book.objects.filter(no_such__|)", {}, {"title", "exact"}),
    ],
)
def test_as_keywords(editor, code, there, not_there):
    check(offered(editor, IMPORTS + code), there, not_there)


@pytest.mark.parametrize(
    ("code", "there", "not_there"),
    [
        ("from library.models import |", {"Book": "", "Author": ""}, {"Count", "print"}),
        ("from library.models import Book, Au|", {"Author": ""}, set()),
        ("from django.db.models import (\n    Book, Cou|\n)", {"Count": None}, set()),
        ("from django.db.models.functions import Low|", {"Lower": None}, set()),
        ("from django.db.|", {"django.db.models": ""}, {"print"}),
        ("from django.db import models\n\nmodels.Cou|", {"Count": "(expression, filter=None)"}, set()),
        ("from library.models import Book\n\nBo|", {"Book": None}, set()),
        ("# Book.objects.|", {}, {"filter", "print"}),
    ],
)
def test_imports_and_names(editor, code, there, not_there):
    check(offered(editor, code), there, not_there)


def check(offers, there, not_there):
    assert set(there) - set(offers) == set()
    assert {name: detail for name, detail in there.items() if detail is not None and offers[name] != detail} == {}
    assert not_there & set(offers) == set()


def test_offers_come_while_typing_and_are_taken_by_a_key(site, page):
    open_editor(page, site, IMPORTS)
    page.keyboard.press("Control+End")
    page.keyboard.type("Book.objects.sele")
    assert "select_related" in shown_offers(page)
    page.wait_for_timeout(150)  # so soon, a key was not meant for what has just come
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    selected = page.locator(".cm-tooltip-autocomplete li[aria-selected]").inner_text()
    page.keyboard.press("Enter")
    name = selected.split("(")[0].strip()
    expect(page.locator(CODE)).to_contain_text(f"Book.objects.{name}")
    write(page, IMPORTS + "Book.objects.select_related|")
    page.keyboard.type("('")
    assert shown_offers(page)["author"] == "Author"
    page.keyboard.type("author__c")
    page.wait_for_timeout(500)
    assert set(shown_offers(page)) == {"country", "country_id"} & set(shown_offers(page))
    page.wait_for_timeout(150)
    page.keyboard.press("Tab")
    expect(page.locator(CODE)).to_contain_text("select_related('author__country')")
