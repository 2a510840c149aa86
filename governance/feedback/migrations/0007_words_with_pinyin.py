from itertools import islice

from django.db import migrations

from governance.actions import bulk
from governance.feedback.models import Matter
from governance.feedback.words import public_words_of

PUBLIC = ('public_subject', 'public_text', 'public_answer')
AT_ONCE = 500


def index_again(apps, schema_editor):
    """What stands in the register, and what may come back to it, is found by traditional characters and by pinyin too.

    Events seal the words of a matter, so that they are worked out anew is told in its history.
    """
    matters = apps.get_model('feedback', 'Matter').objects.using(schema_editor.connection.alias)
    shown = matters.exclude(public_subject='').only('pk', 'words', *PUBLIC).iterator(AT_ONCE)
    while some := list(islice(shown, AT_ONCE)):
        for matter in some:
            matter.words = public_words_of(' '.join(getattr(matter, name) for name in PUBLIC))
        with bulk.bundle('manage.py migrate') as told:
            matters.bulk_update(some, ['words'])
            told.changed(Matter, [matter.pk for matter in some], names=['words'])


class Migration(migrations.Migration):

    dependencies = [
        ('actions', '0004_parts_of_bundles'),
        ('feedback', '0006_bounded'),
        ('ledger', '0004_bounds_and_sentences'),
    ]

    operations = [
        migrations.RunPython(index_again, migrations.RunPython.noop, elidable=True),
    ]
