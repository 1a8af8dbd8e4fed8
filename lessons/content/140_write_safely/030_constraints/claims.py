from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.models import CheckConstraint, Deferrable, Q, UniqueConstraint
from django.db.models.functions import Lower
from django.test.utils import isolate_apps
from setup import Signup, Slot

from library.models import Book, Customer


def validation_holds_the_rule(log):
    """A rule in `clean()` or in a validator holds, because Django checks it before it saves."""
    wrong, nine = Slot(position=0), _signup(seats=9)
    return {
        "`clean()`: `full_clean()`": _is_refused(wrong.full_clean),
        "`clean()`: `save()`": _is_refused(wrong.save),
        "`clean()`: `bulk_create()`": _is_refused(lambda: Slot.objects.bulk_create([Slot(position=0)])),
        "a `CheckConstraint`: `save()`": _is_refused(nine.save),
        "a `CheckConstraint`: `bulk_create()`": _is_refused(lambda: Signup.objects.bulk_create([nine])),
        "a `CheckConstraint`: `update()`": _is_refused(_update_to_nine),
    }


def full_clean_is_python(log):
    """`full_clean()` checks an object in Python, and asks the database only about unique fields."""
    signup = _signup()
    everything = {field.name for field in Signup._meta.fields}
    return {
        "the type and the range of a number": _queries(log, lambda: signup.clean_fields(everything - {"seats"}))
        == 0,
        "a foreign key": _queries(log, lambda: signup.clean_fields(everything - {"book"})) == 0,
        "a `CheckConstraint`": _queries(log, lambda: signup.validate_constraints({"book"})) == 0,
    }


def the_error_names_it(log):
    """The `IntegrityError` says which constraint refused the row."""
    _signup().save()
    return {
        "a `CheckConstraint`": "signup_seats_from_1_to_4" in _error(_signup(customer=1, seats=9)),
        "a `UniqueConstraint`": "signup_once_for_each_customer" in _error(_signup()),
        "in the words of `violation_error_message`": "You have signed up already." in _error(_signup()),
    }


def what_meta_says_is_in_the_database(log):
    """Each constraint of `Meta.constraints` is in the database after `migrate`."""
    from_one = CheckConstraint(condition=Q(position__gte=1), name="from_one")
    if_open = UniqueConstraint(fields=["position"], condition=Q(is_open=True), name="if_open")
    any_case = UniqueConstraint(Lower("label"), name="any_case")
    put_off = UniqueConstraint(fields=["position"], deferrable=Deferrable.DEFERRED, name="put_off")
    one_null = UniqueConstraint(fields=["position"], nulls_distinct=False, name="one_null")
    return {
        "`CheckConstraint`": _refuses(from_one, [{"position": 0}]),
        "`CheckConstraint`, and the value is NULL": _refuses(from_one, [{"position": None}]),
        "`UniqueConstraint(condition=…)`": _refuses(if_open, [{"position": 1}, {"position": 1}]),
        '`UniqueConstraint(Lower("label"))`': _refuses(any_case, [{"label": "New"}, {"label": "new"}]),
        "`UniqueConstraint(deferrable=…)`": _refuses(put_off, [{"position": 1}, {"position": 1}]),
        "`UniqueConstraint(nulls_distinct=False)`": _refuses(one_null, [{"position": None}, {"position": None}]),
    }


def _signup(customer=0, seats=2):
    customers = Customer.objects.order_by("pk")
    return Signup(book=Book.objects.order_by("pk")[0], customer=customers[customer], seats=seats)


def _is_refused(write):
    try:
        with transaction.atomic():
            write()
    except (IntegrityError, ValidationError):
        return True
    return False


def _update_to_nine():
    _signup(customer=1).save()
    Signup.objects.update(seats=9)


def _queries(log, check):
    before = len(log)
    check()
    return len(log) - before


def _error(signup):
    try:
        with transaction.atomic():
            signup.save()
    except IntegrityError as error:
        return str(error)


@isolate_apps("library")
def _refuses(constraint, rows):
    """Whether the database refuses these rows of a table that Django has made with the constraint."""

    class Place(models.Model):
        position = models.IntegerField(null=True)
        label = models.CharField(max_length=20)
        is_open = models.BooleanField(default=True)

        class Meta:
            app_label = "library"
            db_table = f"place_{constraint.name}_{rows[0].get('position')}"
            constraints = [constraint]

        def __str__(self):
            return self.label

    with connection.schema_editor() as editor:
        editor.create_model(Place)

    def write():
        Place.objects.bulk_create([Place(**row) for row in rows])
        connection.check_constraints()

    return _is_refused(write)
