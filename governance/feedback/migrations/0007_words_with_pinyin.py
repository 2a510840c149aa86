from django.db import migrations

from governance.feedback.words import public_words_of

PUBLIC = ('public_subject', 'public_text', 'public_answer')
AT_ONCE = 500


def index_again(apps, schema_editor):
    """What stands in the register, and what may come back to it, is found by traditional characters and by pinyin too."""
    matters = apps.get_model('feedback', 'Matter').objects.using(schema_editor.connection.alias)
    changed = []
    for matter in matters.exclude(public_subject='').only('pk', 'words', *PUBLIC).iterator(AT_ONCE):
        matter.words = public_words_of(' '.join(getattr(matter, name) for name in PUBLIC))
        changed.append(matter)
        if len(changed) == AT_ONCE:
            matters.bulk_update(changed, ['words'])
            changed.clear()
    matters.bulk_update(changed, ['words'])


class Migration(migrations.Migration):

    dependencies = [
        ('feedback', '0006_bounded'),
    ]

    operations = [
        migrations.RunPython(index_again, migrations.RunPython.noop, elidable=True),
    ]
