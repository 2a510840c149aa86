import django.contrib.auth.models
import django.contrib.auth.validators
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import governance.actions.records
import governance.clocks.now
import governance.stakeholders.fields
import governance.stakeholders.models.membership
import governance.stakeholders.models.user
import governance.stakeholders.validators
import pgtrigger.compiler
import pgtrigger.migrations
from django.contrib.postgres.operations import BtreeGistExtension
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        BtreeGistExtension(),
        migrations.CreateModel(
            name='Stakeholder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(editable=False, max_length=40, unique=True, verbose_name='reference')),
                ('created_at', models.DateTimeField(default=governance.clocks.now.now, editable=False, verbose_name='created')),
                ('kind', models.CharField(choices=[('government', 'government body'), ('enterprise', 'enterprise'), ('social', 'social organisation'), ('citizen', 'citizen')], max_length=20, verbose_name='kind')),
                ('subkind', models.CharField(choices=[('government-party-organ', 'Party organ'), ('government-authority', 'government authority'), ('government-public-institution', 'public institution'), ('government-grassroots', 'township, sub-district or community office'), ('enterprise-employer', 'employer'), ('enterprise-insurer', 'insurer or pension company'), ('enterprise-platform', 'platform or logistics company'), ('enterprise-care', 'care company'), ('enterprise-collective', 'rural collective or cooperative'), ('social-care', 'non-profit care provider'), ('social-foundation', 'foundation'), ('social-association', 'association'), ('social-community', 'community organisation'), ('social-union', 'trade union or mass organisation'), ('citizen-person', 'person')], max_length=40, verbose_name='type')),
                ('level', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'nation'), (2, 'province'), (3, 'city'), (4, 'county'), (5, 'township'), (6, 'village or community')], null=True, verbose_name='level')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('name_en', models.CharField(blank=True, max_length=200, verbose_name='name in English')),
                ('name_pinyin', governance.stakeholders.fields.PinyinField(blank=True, db_index=True, editable=False, max_length=600, source='name', verbose_name='pinyin')),
                ('uscc', models.CharField(blank=True, help_text='18 characters, as on the certificate.', max_length=18, validators=[governance.stakeholders.validators.valid_credit_code], verbose_name='unified social credit code')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='telephone')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                ('address', models.CharField(blank=True, max_length=300, verbose_name='address')),
                ('reads_personal_data', models.BooleanField(default=True, verbose_name='reads personal data')),
                ('identity_verified_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='identity verified')),
                ('is_synthetic', models.BooleanField(default=False, editable=False, verbose_name='made up for demonstration')),
                ('state', governance.actions.records.StateField(choices=[('registered', 'registered, not yet approved'), ('approved', 'approved'), ('rejected', 'rejected'), ('ended', 'ended')], default='registered', editable=False, max_length=32, verbose_name='state')),
            ],
            options={
                'verbose_name': 'stakeholder',
                'verbose_name_plural': 'stakeholders',
                'ordering': ['name_pinyin', 'id'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('username', models.CharField(max_length=60, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator(), governance.stakeholders.models.user.no_personal_number], verbose_name='sign-in name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                ('language', models.CharField(choices=[('zh-hans', '简体中文'), ('en', 'English')], default='zh-hans', max_length=10, verbose_name='language')),
                ('contact_confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='contact confirmed')),
                ('is_synthetic', models.BooleanField(default=False, verbose_name='made up for demonstration')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'account',
                'verbose_name_plural': 'accounts',
            },
            managers=[
                ('objects', django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name='Area',
            fields=[
                ('code', models.CharField(db_collation='C', max_length=12, primary_key=True, serialize=False, verbose_name='code')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('name_en', models.CharField(blank=True, max_length=150, verbose_name='name in English')),
                ('full_name', models.CharField(max_length=300, verbose_name='whole name')),
                ('full_name_en', models.CharField(blank=True, max_length=400, verbose_name='whole name in English')),
                ('pinyin', models.CharField(blank=True, db_index=True, max_length=300, verbose_name='pinyin')),
                ('level', models.PositiveSmallIntegerField(choices=[(1, 'nation'), (2, 'province'), (3, 'city'), (4, 'county'), (5, 'township'), (6, 'village or community')], verbose_name='level')),
                ('lon', models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True, verbose_name='longitude')),
                ('lat', models.DecimalField(blank=True, decimal_places=5, max_digits=7, null=True, verbose_name='latitude')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='valid from')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='valid until')),
                ('is_synthetic', models.BooleanField(default=False, verbose_name='made up for demonstration')),
                ('successor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='stakeholders.area', verbose_name='successor')),
            ],
            options={
                'verbose_name': 'area',
                'verbose_name_plural': 'areas',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='Household',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(editable=False, max_length=40, unique=True, verbose_name='reference')),
                ('created_at', models.DateTimeField(default=governance.clocks.now.now, editable=False, verbose_name='created')),
                ('address', models.CharField(blank=True, max_length=300, verbose_name='address')),
                ('state', governance.actions.records.StateField(choices=[('declared', 'declared'), ('confirmed', 'confirmed'), ('closed', 'closed')], default='declared', editable=False, max_length=32, verbose_name='state')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.area', verbose_name='area')),
            ],
            options={
                'verbose_name': 'household',
                'verbose_name_plural': 'households',
                'ordering': ['-id'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='IdentityDocument',
            fields=[
                ('stakeholder', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='identity', serialize=False, to='stakeholders.stakeholder')),
                ('scheme', models.CharField(choices=[('citizen', 'citizen identity number'), ('resident', 'residence permit of Hong Kong, Macau and Taiwan residents'), ('foreigner', "foreigner's permanent residence card"), ('example', 'example number for demonstration')], max_length=20, verbose_name='scheme')),
                ('sealed', models.CharField(max_length=200)),
                ('blind', models.CharField(max_length=64)),
            ],
            options={
                'verbose_name': 'identity document',
                'verbose_name_plural': 'identity documents',
            },
        ),
        migrations.AddField(
            model_name='stakeholder',
            name='area',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.area', verbose_name='area'),
        ),
        migrations.AddField(
            model_name='stakeholder',
            name='identity_verified_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.stakeholder'),
        ),
        migrations.AddField(
            model_name='stakeholder',
            name='registered_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.stakeholder'),
        ),
        migrations.CreateModel(
            name='HouseholdMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('relation', models.CharField(choices=[('self', 'declares the household'), ('spouse', 'husband or wife'), ('child', 'child'), ('parent', 'parent'), ('grandchild', 'grandchild'), ('grandparent', 'grandparent'), ('sibling', 'brother or sister'), ('other', 'other')], max_length=20, verbose_name='relation')),
                ('born_on', models.DateField(blank=True, null=True, verbose_name='born on')),
                ('since', models.DateField(verbose_name='since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='stakeholders.household')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='household_memberships', to='stakeholders.stakeholder')),
            ],
            options={
                'verbose_name': 'household member',
                'verbose_name_plural': 'household members',
                'ordering': ['since', 'id'],
            },
        ),
        migrations.AddField(
            model_name='household',
            name='head',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='households', to='stakeholders.stakeholder', verbose_name='declared by'),
        ),
        migrations.CreateModel(
            name='Delegation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(editable=False, max_length=40, unique=True, verbose_name='reference')),
                ('created_at', models.DateTimeField(default=governance.clocks.now.now, editable=False, verbose_name='created')),
                ('delegate_email', models.EmailField(blank=True, max_length=254, verbose_name='their e-mail address')),
                ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), size=None, verbose_name='in what')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(blank=True, help_text='The last day. Empty means until you end it.', null=True, verbose_name='until')),
                ('state', governance.actions.records.StateField(choices=[('offered', 'offered'), ('accepted', 'accepted'), ('declined', 'declined'), ('revoked', 'revoked'), ('returned', 'given back')], default='offered', editable=False, max_length=32, verbose_name='state')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.area', verbose_name='area')),
                ('delegate', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='delegations_held', to='stakeholders.stakeholder', verbose_name='who may act')),
                ('principal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations_given', to='stakeholders.stakeholder', verbose_name='for whom')),
            ],
            options={
                'verbose_name': 'delegation',
                'verbose_name_plural': 'delegations',
                'ordering': ['-id'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AccessToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, verbose_name='what it is for')),
                ('digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('created_at', models.DateTimeField(default=governance.clocks.now.now, editable=False, verbose_name='created')),
                ('expires_on', models.DateField(verbose_name='until')),
                ('revoked_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='revoked')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='access_tokens', to=settings.AUTH_USER_MODEL)),
                ('stakeholder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.stakeholder', verbose_name='acts for')),
            ],
            options={
                'verbose_name': 'access token',
                'verbose_name_plural': 'access tokens',
                'ordering': ['-id'],
            },
        ),
        migrations.AddField(
            model_name='user',
            name='person',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='user', to='stakeholders.stakeholder', verbose_name='person'),
        ),
        migrations.CreateModel(
            name='Mandate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(editable=False, max_length=40, unique=True, verbose_name='reference')),
                ('created_at', models.DateTimeField(default=governance.clocks.now.now, editable=False, verbose_name='created')),
                ('duty', models.CharField(max_length=100, verbose_name='duty')),
                ('legal_basis', models.CharField(help_text='Title and article, as it is cited.', max_length=300, verbose_name='legal basis')),
                ('legal_basis_is_verified', models.BooleanField(default=False, verbose_name='legal basis checked against its text')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(blank=True, help_text='The last day. Empty means until further notice.', null=True, verbose_name='until')),
                ('state', governance.actions.records.StateField(choices=[('granted', 'granted'), ('ended', 'ended')], default='granted', editable=False, max_length=32, verbose_name='state')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.area', verbose_name='area')),
                ('granted_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.stakeholder', verbose_name='granted by')),
                ('stakeholder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to='stakeholders.stakeholder', verbose_name='who is charged')),
            ],
            options={
                'verbose_name': 'mandate',
                'verbose_name_plural': 'mandates',
                'ordering': ['duty', 'area_id', 'id'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(editable=False, max_length=40, unique=True, verbose_name='reference')),
                ('created_at', models.DateTimeField(default=governance.clocks.now.now, editable=False, verbose_name='created')),
                ('invited_email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('administrator', 'administrator'), ('officer', 'officer'), ('reader', 'reader')], max_length=20), default=governance.stakeholders.models.membership.officer, size=None, verbose_name='roles')),
                ('since', models.DateField(blank=True, null=True, verbose_name='since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('state', governance.actions.records.StateField(choices=[('invited', 'invited'), ('active', 'active'), ('declined', 'declined'), ('left', 'left'), ('removed', 'removed')], default='invited', editable=False, max_length=32, verbose_name='state')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.area', verbose_name='area')),
                ('person', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.stakeholder')),
                ('stakeholder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='stakeholders.stakeholder', verbose_name='organisation')),
                ('user', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'membership',
                'verbose_name_plural': 'memberships',
                'ordering': ['-id'],
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='area',
            index=models.Index(fields=['level', 'code'], name='areas_of_a_level'),
        ),
        migrations.AddConstraint(
            model_name='area',
            constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^[0-9]{12}$')), name='an_area_code_has_twelve_digits'),
        ),
        migrations.AddConstraint(
            model_name='area',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_from__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='an_area_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='identitydocument',
            constraint=models.UniqueConstraint(fields=('blind',), name='a_number_belongs_to_one_person', violation_error_message='This number already belongs to another account. Look it up together with the person.'),
        ),
        migrations.AddIndex(
            model_name='stakeholder',
            index=models.Index(fields=['area', 'kind', 'state'], name='stakeholders_of_an_area'),
        ),
        migrations.AddConstraint(
            model_name='stakeholder',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('uscc', ''), _negated=True), models.Q(('state__in', ['rejected', 'ended']), _negated=True)), fields=('uscc',), name='a_credit_code_belongs_to_one_organisation', violation_error_message='An organisation with this credit code is already registered. Ask its administrator for an invitation.'),
        ),
        migrations.AddConstraint(
            model_name='stakeholder',
            constraint=models.CheckConstraint(condition=models.Q(('kind', django.db.models.functions.text.Left('subkind', django.db.models.functions.text.Length('kind')))), name='the_type_of_a_stakeholder_suits_its_kind', violation_error_message='The type does not suit the kind.'),
        ),
        migrations.AddConstraint(
            model_name='stakeholder',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'citizen'), _negated=True), ('uscc', ''), _connector='OR'), name='a_citizen_has_no_credit_code', violation_error_message='People have no credit code.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='stakeholder',
            trigger=pgtrigger.compiler.Trigger(name='state_by_action_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" IS DISTINCT FROM (NEW."state"))', func="IF coalesce(current_setting('governance.action', true), '') = '' THEN RAISE EXCEPTION 'a state changes by an action only' USING ERRCODE = 'check_violation', CONSTRAINT = 'a_state_changes_by_an_action_only'; END IF; RETURN NEW;", hash='b8c370159b4b373d52c2dc1dd7d3e6b1944b23ff', operation='UPDATE OF "state"', pgid='pgtrigger_state_by_action_only_87b1f', table='stakeholders_stakeholder', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='householdmember',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='one_leaves_a_household_after_coming', violation_error_message='The last day comes before the first.'),
        ),
        migrations.AddConstraint(
            model_name='household',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'closed'), _negated=True), fields=('head',), name='one_declares_one_household', violation_error_message='You have already declared a household. Change that one, or close it first.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='household',
            trigger=pgtrigger.compiler.Trigger(name='state_by_action_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" IS DISTINCT FROM (NEW."state"))', func="IF coalesce(current_setting('governance.action', true), '') = '' THEN RAISE EXCEPTION 'a state changes by an action only' USING ERRCODE = 'check_violation', CONSTRAINT = 'a_state_changes_by_an_action_only'; END IF; RETURN NEW;", hash='863a2efaf9da91b45c72350e2ae7600b1065e281', operation='UPDATE OF "state"', pgid='pgtrigger_state_by_action_only_9267d', table='stakeholders_household', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='delegation',
            constraint=models.CheckConstraint(condition=models.Q(('delegate__isnull', True), models.Q(('delegate', models.F('principal')), _negated=True), _connector='OR'), name='nobody_acts_for_themselves_by_delegation', violation_error_message='You act for yourself anyway.'),
        ),
        migrations.AddConstraint(
            model_name='delegation',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='a_delegation_ends_after_it_begins', violation_error_message='The last day comes before the first.'),
        ),
        migrations.AddConstraint(
            model_name='delegation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'accepted'), _negated=True), ('delegate__isnull', False), _connector='OR'), name='an_accepted_delegation_names_who_may_act', violation_error_message='Nobody has accepted this.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='delegation',
            trigger=pgtrigger.compiler.Trigger(name='state_by_action_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" IS DISTINCT FROM (NEW."state"))', func="IF coalesce(current_setting('governance.action', true), '') = '' THEN RAISE EXCEPTION 'a state changes by an action only' USING ERRCODE = 'check_violation', CONSTRAINT = 'a_state_changes_by_an_action_only'; END IF; RETURN NEW;", hash='aa18fe54c1896dfe686a4668dae1ef7d798fb010', operation='UPDATE OF "state"', pgid='pgtrigger_state_by_action_only_8464d', table='stakeholders_delegation', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('email'), condition=models.Q(('email', ''), _negated=True), name='an_address_belongs_to_one_account'),
        ),
        migrations.AddIndex(
            model_name='mandate',
            index=models.Index(fields=['stakeholder', 'state'], name='mandates_of_a_stakeholder'),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=models.CheckConstraint(condition=models.Q(('granted_by__isnull', True), models.Q(('granted_by', models.F('stakeholder')), _negated=True), _connector='OR'), name='nobody_grants_themselves_a_mandate', violation_error_message='Nobody grants a mandate to themselves.'),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='a_mandate_ends_after_it_begins', violation_error_message='The last day comes before the first.'),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('state', 'granted')), expressions=[('stakeholder', '='), ('duty', '='), ('area', '='), (models.Func(models.F('starts_on'), models.F('ends_on'), models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='a_duty_is_given_once', violation_error_message='This stakeholder already holds this duty there in that time.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mandate',
            trigger=pgtrigger.compiler.Trigger(name='state_by_action_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" IS DISTINCT FROM (NEW."state"))', func="IF coalesce(current_setting('governance.action', true), '') = '' THEN RAISE EXCEPTION 'a state changes by an action only' USING ERRCODE = 'check_violation', CONSTRAINT = 'a_state_changes_by_an_action_only'; END IF; RETURN NEW;", hash='d4e786c9f1b356e9fc297d284fcd6f418addc304', operation='UPDATE OF "state"', pgid='pgtrigger_state_by_action_only_ea6d3', table='stakeholders_mandate', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='membership',
            index=models.Index(fields=['user', 'state'], name='memberships_of_a_user'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'active')), fields=('stakeholder', 'user'), name='one_is_a_member_once', violation_error_message='This person is already a member.'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(models.F('stakeholder'), django.db.models.functions.text.Lower('invited_email'), condition=models.Q(('state', 'invited')), name='one_is_invited_once', violation_error_message='This address has already been invited.'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'active'), _negated=True), ('user__isnull', False), _connector='OR'), name='an_active_member_is_somebody', violation_error_message='Nobody has accepted this invitation.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='membership',
            trigger=pgtrigger.compiler.Trigger(name='state_by_action_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" IS DISTINCT FROM (NEW."state"))', func="IF coalesce(current_setting('governance.action', true), '') = '' THEN RAISE EXCEPTION 'a state changes by an action only' USING ERRCODE = 'check_violation', CONSTRAINT = 'a_state_changes_by_an_action_only'; END IF; RETURN NEW;", hash='15e97092746fad4f76e6329e3c230120fbf67977', operation='UPDATE OF "state"', pgid='pgtrigger_state_by_action_only_3534f', table='stakeholders_membership', when='BEFORE')),
        ),
    ]
