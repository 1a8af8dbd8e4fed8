from lessons.export.processes import environment


def test_worker_is_known_to_servers_as_the_site_is(settings):
    """With another secret it would give the role of readers another password, and the site's own would be refused."""
    settings.SECRET_KEY, settings.MYSQL_URL = "the site's own", "mysql://one@127.0.0.1:3306/shelves"
    told = environment("static")
    assert told["SECRET_KEY"] == "the site's own"
    assert told["MYSQL_URL"] == "mysql://one@127.0.0.1:3306/shelves"
    assert (told["DEBUG"], told["RUNS_APART"], told["STATIC_ROOT"]) == ("0", "0", "static")
