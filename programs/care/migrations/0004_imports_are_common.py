"""Files on their way into the register are kept by the common ground, for all programs."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('care', '0003_visits_before_the_answer'),
    ]

    operations = [
        migrations.DeleteModel(name='ImportPiece'),
        migrations.DeleteModel(name='ImportProblem'),
        migrations.DeleteModel(name='ImportRow'),
        migrations.DeleteModel(name='Import'),
    ]
