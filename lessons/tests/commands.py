"""What commands print."""

from django.core.management import call_command


def output(capsys, *args, **options):
    call_command(*args, **options)
    return capsys.readouterr().out


def table(out):
    """[[cell]] of the rows of a printed table."""
    return [[cell.strip() for cell in line.split("│")[1:-1]] for line in out.splitlines() if line.startswith("│")]
