from library import words
from library.models import Book


def test_titles_are_thousands_and_fit_the_column():
    titles = words.titles()

    assert len({*titles}) > 15_000
    assert max(map(len, titles)) <= Book._meta.get_field("title").max_length


def test_people_have_names_that_are_not_ascii():
    names = [name for name, country in words.people()]

    assert {"Zoë de Boer", "Søren Friis", "Łukasz Nowak"} < {*names}


def test_people_come_from_every_country():
    assert {country for name, country in words.people()} == {*range(1, len(words.COUNTRIES) + 1)}


def test_genres_that_sit_together_are_three_of_the_genres():
    for together in words.SHELVED_TOGETHER:
        assert len({*together} & {*words.GENRES}) == 3


def test_passages_do_not_say_a_sentence_twice():
    for story in words.stories():
        said = [sentence for sentence in words.TURNS if sentence in story]
        assert len(story.split()) == sum(len(sentence.split()) for sentence in said)
