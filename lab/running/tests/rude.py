"""Runs that leave something behind in the process, by what they leave."""

RUDE = {
    "a receiver": "post_save.connect(lambda **kwargs: None, sender=Book, weak=False)",
    "a receiver of every signal": "pre_init.connect(print, weak=False); request_started.connect(print, weak=False)",
    "a model": "type('Pamphlet', (models.Model,), {'__module__': 'library.lesson', 'book': models.ForeignKey(Book, models.CASCADE, related_name='pamphlets')})",
    "an admin class": "admin.site.register(Review, admin.ModelAdmin) if Review not in admin.site._registry else admin.site.unregister(Review)",
    "an action of the admin": "admin.site.add_action(print, 'printed')",
    "a template filter": "defaultfilters.register.filter('shout', lambda text: text.upper())",
    "a template library": "engines['django'].engine.template_libraries['shop'] = Library()",
    "a lookup": "models.CharField.register_lookup(type('Sounds', (models.lookups.Exact,), {'lookup_name': 'sounds'}))",
    "a lookup of one class alone": "models.SlugField.register_lookup(models.functions.Length)",
    "a setting": "settings.USE_TZ = False; settings.PAGE_SIZE = 5",
    "file storages, of which a setting made Django forget its own": "override_settings(STORAGES={**settings.STORAGES}).enable(), default_storage.location",
    "a setting that is overridden for ever": "override_settings(TIME_ZONE='Asia/Tokyo', INTERNAL_IPS=[]).enable()",
    "a setting that is filled": "settings.INTERNAL_IPS.append('192.0.2.1'); settings.TEMPLATES[0]['OPTIONS']['debug'] = True",
    "another database": "connections.settings['other'] = dict(connections.settings['default'])",
    "a router": "router.routers.append(object())",
    "other routers": "router.routers = [object()]",
    "the environment": "os.environ['SHOP'] = 'open'; os.environ.pop('PATH')",
    "the time zone of the process": "os.environ['TZ'] = 'Asia/Tokyo'; time.tzset()",
    "the time zone of Django": "timezone.activate('Asia/Tokyo')",
    "the language": "translation.activate('de')",
    "a decimal context": "decimal.getcontext().prec = 3",
    "another decimal context": "decimal.setcontext(decimal.Context(prec=3, rounding=decimal.ROUND_UP))",
    "warnings": "warnings.simplefilter('ignore'); warnings.showwarning = print",
    "a log handler": "logging.getLogger('django.db.backends').addHandler(logging.NullHandler())",
    "a level of the log": "logging.getLogger('django').setLevel(logging.DEBUG); logging.disable(logging.ERROR)",
    "a logger": "logging.getLogger('shop').addHandler(logging.StreamHandler())",
    "modules": "sys.modules['shop'] = types.ModuleType('shop'); sys.modules['json'] = types.ModuleType('json')",
    "a path of imports": "sys.path.insert(0, '/nowhere')",
    "standard output": "sys.stdout = io.StringIO()",
    "a limit": "sys.setrecursionlimit(5_000); gc.disable(); socket.setdefaulttimeout(3)",
    "a manager": "Book.add_to_class('cheap', models.Manager())",
    "a method": "Book.shout = lambda self: self.title.upper(); Book.__str__ = Book.shout",
    "a field that is changed": "Book._meta.get_field('title').max_length = 3; Book._meta.ordering = ['title']",
    "a method of querysets": "models.QuerySet.cheap = lambda self: self.filter(price__lt=5)",
    "a function of Django's": "transaction.on_commit = print",
    "a driver's adapter": "sqlite3.register_adapter(types.SimpleNamespace, str)",
    "content types": "ContentType.objects.get_for_model(Book)",
    "a hook": "sys.settrace(lambda *args: None); sys.excepthook = print; gc.callbacks.append(print)",
    "random numbers": "random.seed(7)",
    "the working directory": "os.chdir('/')",
    "a cached page": "cache.set('front-page', 'old', None)",
    "the URLs": "set_urlconf('shop.urls'); import_module('config.urls').urlpatterns.append(None)",
    "an error": "post_save.connect(print, weak=False); 1 / 0",
    "an exit": "sys.exit(3)",
}
HEAD = """
import decimal, gc, io, logging, os, random, socket, sqlite3, sys, time, types, warnings
from importlib import import_module

from django.conf import settings
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.core.signals import request_started
from django.db import connections, models, router, transaction
from django.db.models.signals import post_save, pre_init
from django.template import Library, defaultfilters, engines
from django.test import override_settings
from django.urls import set_urlconf
from django.utils import timezone, translation

from library.models import Book, Review

"""
