"""Files of homes and beds on their way into the register."""


import django.contrib.postgres.fields
import django.db.models.deletion
import governance.actions.records
import governance.clocks.now
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('care', '0001_homes_beds_and_reservations'),
        ('stakeholders', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Import',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(editable=False, max_length=40, unique=True, verbose_name='reference')),
                ('created_at', models.DateTimeField(default=governance.clocks.now.now, editable=False, verbose_name='created')),
                ('kind', models.CharField(choices=[('homes', 'Homes'), ('beds', 'Beds')], max_length=10, verbose_name='kind of file')),
                ('filename', models.CharField(max_length=200, verbose_name='file')),
                ('size', models.PositiveBigIntegerField(verbose_name='size in bytes')),
                ('digest', models.CharField(max_length=64, verbose_name='fingerprint (SHA-256)')),
                ('encoding', models.CharField(blank=True, max_length=12, verbose_name='encoding')),
                ('columns', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), default=list, size=None, verbose_name='columns')),
                ('fault', models.JSONField(null=True, verbose_name='what is wrong with the file')),
                ('row_count', models.PositiveIntegerField(null=True, verbose_name='rows')),
                ('bad_count', models.PositiveIntegerField(null=True, verbose_name='rows with mistakes')),
                ('new_count', models.PositiveIntegerField(null=True, verbose_name='new rows')),
                ('changed_count', models.PositiveIntegerField(null=True, verbose_name='changed rows')),
                ('unchanged_count', models.PositiveIntegerField(null=True, verbose_name='unchanged rows')),
                ('untouched_count', models.PositiveIntegerField(null=True, verbose_name='not in the file')),
                ('applied_count', models.PositiveIntegerField(null=True, verbose_name='rows applied')),
                ('undone_count', models.PositiveIntegerField(null=True, verbose_name='rows undone')),
                ('made_units', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, editable=False, size=None)),
                ('made_rooms', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, editable=False, size=None)),
                ('state', governance.actions.records.StateField(choices=[('uploaded', 'Handed in'), ('checking', 'Being checked'), ('refused', 'Not accepted'), ('ready', 'Ready to be applied'), ('applying', 'Being applied'), ('applied', 'Applied'), ('undoing', 'Being undone'), ('undone', 'Undone'), ('failed', 'Stopped'), ('discarded', 'Discarded')], default='uploaded', editable=False, max_length=32, verbose_name='state')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.area', verbose_name='area')),
                ('office', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.stakeholder', verbose_name='office')),
                ('provider', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.stakeholder', verbose_name='provider')),
            ],
            options={
                'verbose_name': 'import',
                'verbose_name_plural': 'imports',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ImportPiece',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('content', models.BinaryField()),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pieces', to='care.import')),
            ],
        ),
        migrations.CreateModel(
            name='ImportProblem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.PositiveIntegerField(verbose_name='line')),
                ('column', models.CharField(blank=True, max_length=30, verbose_name='column')),
                ('code', models.CharField(max_length=40, verbose_name='rule')),
                ('batch', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='problems', to='care.import')),
            ],
        ),
        migrations.CreateModel(
            name='ImportRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.PositiveIntegerField(verbose_name='line')),
                ('cells', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ('faults', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None)),
                ('reference', models.CharField(max_length=40)),
                ('pinyin', models.CharField(blank=True, max_length=400)),
                ('verdict', models.CharField(blank=True, choices=[('new', 'New'), ('changed', 'Changed'), ('unchanged', 'Unchanged')], max_length=10, verbose_name='what it does')),
                ('target_id', models.BigIntegerField(null=True)),
                ('changes', models.JSONField(default=dict)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='care.import')),
            ],
        ),
        migrations.AddIndex(
            model_name='import',
            index=models.Index(fields=['area', '-id'], name='care_import_of_area'),
        ),
        migrations.AddIndex(
            model_name='import',
            index=models.Index(fields=['provider', '-id'], name='care_import_of_provider'),
        ),
        migrations.AddConstraint(
            model_name='import',
            constraint=models.CheckConstraint(condition=models.Q(('office__isnull', True), ('provider__isnull', True), _connector='XOR'), name='an_import_has_one_sender'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='import',
            trigger=pgtrigger.compiler.Trigger(name='state_by_action_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" IS DISTINCT FROM (NEW."state"))', func="IF coalesce(current_setting('governance.action', true), '') = '' THEN RAISE EXCEPTION 'a state changes by an action only' USING ERRCODE = 'check_violation', CONSTRAINT = 'a_state_changes_by_an_action_only'; END IF; RETURN NEW;", hash='bde1bc05cb4f5209e450c36ef2811d85e94070ae', operation='UPDATE OF "state"', pgid='pgtrigger_state_by_action_only_096ff', table='care_import', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='importpiece',
            constraint=models.UniqueConstraint(fields=('batch', 'number'), name='a_piece_of_a_file_is_kept_once'),
        ),
        migrations.AddIndex(
            model_name='importproblem',
            index=models.Index(fields=['batch', 'line', 'id'], name='care_import_problem_line'),
        ),
        migrations.AddIndex(
            model_name='importrow',
            index=models.Index(condition=models.Q(('verdict__in', ['new', 'changed'])), fields=['target_id'], name='care_import_row_target'),
        ),
        migrations.AddConstraint(
            model_name='importrow',
            constraint=models.UniqueConstraint(fields=('batch', 'line'), name='a_line_of_a_file_is_kept_once'),
        ),
    ]
