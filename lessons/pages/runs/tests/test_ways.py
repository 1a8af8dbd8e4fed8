"""A query that a framework sends is told with the way that it came, wherever its cause is."""

import pytest
from django.core.management import call_command

FORMS = "where_queries_hide/form_choices"
WAY = "by way of BoundField.as_widget() → … → ChoiceWidget.optgroups() → ModelChoiceIterator"


@pytest.mark.parametrize("page", ["naive/?books=10", "naive/plan/2/?books=10"])
def test_pages_tell_it(client, shelves_at_hand, page):
    assert f'<span class="way">{WAY}</span>' in client.get(f"/lessons/{FORMS}/{page}").text


def test_so_does_the_terminal(shelves, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "250")
    call_command("run_lesson", FORMS, variant="naive", books=10)
    assert WAY in capsys.readouterr().out
