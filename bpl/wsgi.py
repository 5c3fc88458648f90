"""Pages: threads and persistent database connections."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bpl.settings")
application = get_wsgi_application()

# What is loaded by now stays for ever: a tenth of each page's time went into looking through it for garbage.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)
