"""Django's runserver, which tells a view by which socket its reader is connected, as gunicorn does."""

from django.core.servers.basehttp import WSGIRequestHandler, WSGIServer
from whitenoise.runserver_nostatic.management.commands.runserver import Command as WhiteNoiseCommand

from config.readers import SOCKET


class Handler(WSGIRequestHandler):
    def get_environ(self):
        return {**super().get_environ(), SOCKET: self.connection}


class Server(WSGIServer):
    def __init__(self, address, handler, **options):
        super().__init__(address, Handler, **options)


class Command(WhiteNoiseCommand):
    server_cls = Server
