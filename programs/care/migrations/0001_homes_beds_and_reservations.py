"""Homes, rooms, beds, what is free, reservations; and what the database itself sees to."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import governance.actions.records
import governance.clocks.now
import pgtrigger.compiler
import pgtrigger.migrations
import programs.care.models.home
import programs.care.querysets.expressions
from django.contrib.postgres.operations import BtreeGistExtension, CreateExtension, TrigramExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("stakeholders", "0001_initial"),
    ]

    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        CreateExtension("cube"),
        migrations.CreateModel(
            name="Room",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=30, verbose_name="room")),
                (
                    "sex_rule",
                    models.CharField(
                        choices=[("any", "Anyone"), ("women", "Women"), ("men", "Men"), ("couples", "Couples")],
                        default="any",
                        max_length=10,
                        verbose_name="kept for",
                    ),
                ),
            ],
            options={
                "verbose_name": "room",
                "ordering": ["name", "id"],
            },
        ),
        migrations.CreateModel(
            name="Home",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(editable=False, max_length=40, unique=True, verbose_name="reference")),
                ("created_at", models.DateTimeField(default=governance.clocks.now.now, editable=False, verbose_name="created")),
                ("name", models.CharField(max_length=120, verbose_name="name of the home")),
                (
                    "pinyin",
                    programs.care.models.home.PinyinKeyField(blank=True, editable=False, max_length=400, verbose_name="pinyin"),
                ),
                (
                    "filing_number",
                    models.CharField(
                        blank=True,
                        help_text="As on the licence or the filing receipt. Leave empty if the filing is what you ask for.",
                        max_length=60,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[\\w\\-—()（）〔〕\\[\\] ]*$", "Use letters, figures, dashes and brackets."
                            )
                        ],
                        verbose_name="licence or filing number",
                    ),
                ),
                (
                    "ownership",
                    models.CharField(
                        choices=[
                            ("public", "Public"),
                            ("public-private", "Public, privately run"),
                            ("non-profit", "Private, non-profit"),
                            ("for-profit", "Private, for profit"),
                        ],
                        max_length=20,
                        verbose_name="ownership",
                    ),
                ),
                (
                    "setting",
                    models.CharField(
                        choices=[("urban", "Urban"), ("rural", "Rural")],
                        default="urban",
                        max_length=10,
                        verbose_name="town or country",
                    ),
                ),
                (
                    "star_rating",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="1 to 5, by GB/T 37276. Leave empty if the home is not rated.",
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)],
                        verbose_name="star rating",
                    ),
                ),
                ("stars_valid_until", models.DateField(blank=True, null=True, verbose_name="rating valid until")),
                (
                    "services",
                    programs.care.models.home.SeveralField(
                        base_field=models.CharField(
                            choices=[
                                ("medical", "Medical care in the house"),
                                ("rehabilitation", "Rehabilitation"),
                                ("respite", "Short stays"),
                                ("day-care", "Day care"),
                                ("hospice", "Hospice care"),
                                ("dementia", "Dementia unit"),
                                ("destitute", "People in extreme hardship first"),
                                ("meals", "Meals for neighbours"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="services",
                    ),
                ),
                (
                    "price_from_amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=8,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="lowest price a month (yuan)",
                    ),
                ),
                (
                    "price_to_amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=8,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="highest price a month (yuan)",
                    ),
                ),
                (
                    "price_includes",
                    programs.care.models.home.SeveralField(
                        base_field=models.CharField(
                            choices=[("bed", "bed"), ("care", "care"), ("meals", "meals"), ("heating", "heating")], max_length=10
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="what the price includes",
                    ),
                ),
                (
                    "price_regime",
                    models.CharField(
                        choices=[
                            ("government", "Government-set or guided price"),
                            ("agreed", "Agreed ceiling"),
                            ("market", "Market price"),
                        ],
                        default="market",
                        max_length=12,
                        verbose_name="how the price is set",
                    ),
                ),
                ("price_note", models.CharField(blank=True, max_length=120, verbose_name="note on the price")),
                ("address", models.CharField(max_length=200, verbose_name="address")),
                (
                    "telephone",
                    models.CharField(
                        blank=True,
                        max_length=30,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[0-9+\\- ()]*$", "Use figures, blanks, brackets, + and dashes."
                            )
                        ],
                        verbose_name="telephone",
                    ),
                ),
                (
                    "longitude",
                    models.FloatField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-180),
                            django.core.validators.MaxValueValidator(180),
                        ],
                        verbose_name="longitude",
                    ),
                ),
                (
                    "latitude",
                    models.FloatField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(-90), django.core.validators.MaxValueValidator(90)],
                        verbose_name="latitude",
                    ),
                ),
                (
                    "position",
                    models.GeneratedField(
                        db_persist=True,
                        expression=programs.care.querysets.expressions.OnSphere("longitude", "latitude"),
                        output_field=programs.care.querysets.expressions.PositionField(null=True),
                    ),
                ),
                (
                    "search_text",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Lower(
                            programs.care.querysets.expressions.Written(
                                models.F("name"), models.Value(" "), models.F("pinyin"), models.Value(" "), models.F("address")
                            )
                        ),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "state",
                    governance.actions.records.StateField(
                        choices=[
                            ("registered", "Waiting for acceptance"),
                            ("returned", "Sent back to the provider"),
                            ("open", "Open"),
                            ("suspended", "Suspended"),
                            ("closed", "Closed"),
                        ],
                        default="registered",
                        editable=False,
                        max_length=32,
                        verbose_name="state",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="stakeholders.area", verbose_name="area"
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="care_homes",
                        to="stakeholders.stakeholder",
                        verbose_name="the provider",
                    ),
                ),
            ],
            options={
                "verbose_name": "care home",
                "verbose_name_plural": "care homes",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CapacityObservation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "care_level",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Fully able"),
                            (1, "Mild disability"),
                            (2, "Moderate disability"),
                            (3, "Severe disability"),
                            (4, "Complete disability"),
                            (5, "Dementia unit"),
                        ],
                        verbose_name="care level",
                    ),
                ),
                ("maximum", models.IntegerField(blank=True, null=True, verbose_name="places")),
                ("occupied", models.IntegerField(blank=True, null=True, verbose_name="occupied")),
                ("reserved", models.IntegerField(blank=True, null=True, verbose_name="reserved")),
                ("accepting", models.IntegerField(blank=True, null=True, verbose_name="accepting")),
                (
                    "precision",
                    models.CharField(
                        choices=[
                            ("exact", "Exact"),
                            ("at-least", "At least"),
                            ("estimate", "Estimate"),
                            ("unknown", "Not known"),
                            ("assessment-first", "Assessment first"),
                        ],
                        default="exact",
                        max_length=16,
                        verbose_name="how sure",
                    ),
                ),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("report", "Reported"),
                            ("reservation", "Counted on from a reservation"),
                            ("import", "Imported"),
                        ],
                        default="report",
                        max_length=12,
                        verbose_name="source",
                    ),
                ),
                ("confirmed_unchanged", models.BooleanField(default=False, verbose_name="confirmed, nothing changed")),
                ("observed_at", models.DateTimeField(default=governance.clocks.now.now, verbose_name="observed")),
                ("recorded_at", models.DateTimeField(default=governance.clocks.now.now, verbose_name="recorded")),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="stakeholders.area", verbose_name="area"
                    ),
                ),
                (
                    "observer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="stakeholders.stakeholder",
                        verbose_name="observed by",
                    ),
                ),
                (
                    "home",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="observations",
                        to="care.home",
                        verbose_name="home",
                    ),
                ),
            ],
            options={
                "verbose_name": "capacity observation",
                "verbose_name_plural": "capacity observations",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Bed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(editable=False, max_length=40, unique=True, verbose_name="reference")),
                ("created_at", models.DateTimeField(default=governance.clocks.now.now, editable=False, verbose_name="created")),
                ("label", models.CharField(max_length=30, verbose_name="bed number")),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("general", "General bed"),
                            ("nursing", "Nursing bed"),
                            ("dementia", "Bed in a dementia unit"),
                            ("rehabilitation", "Rehabilitation bed"),
                            ("respite", "Short-stay bed"),
                            ("day-care", "Day-care place"),
                            ("family", "Family care bed"),
                            ("hospice", "Hospice bed"),
                        ],
                        default="general",
                        max_length=16,
                        verbose_name="category",
                    ),
                ),
                (
                    "care_level",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Fully able"),
                            (1, "Mild disability"),
                            (2, "Moderate disability"),
                            (3, "Severe disability"),
                            (4, "Complete disability"),
                            (5, "Dementia unit"),
                        ],
                        help_text="The highest level of care this bed is set up and staffed for.",
                        verbose_name="care level",
                    ),
                ),
                (
                    "state",
                    governance.actions.records.StateField(
                        choices=[("open", "In use"), ("out-of-use", "Out of use"), ("removed", "Removed")],
                        default="open",
                        editable=False,
                        max_length=32,
                        verbose_name="state",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="stakeholders.area", verbose_name="area"
                    ),
                ),
                (
                    "home",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="beds", to="care.home", verbose_name="home"
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="beds",
                        to="care.room",
                        verbose_name="room",
                    ),
                ),
            ],
            options={
                "verbose_name": "bed",
                "verbose_name_plural": "beds",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PriceBand",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "care_level",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Fully able"),
                            (1, "Mild disability"),
                            (2, "Moderate disability"),
                            (3, "Severe disability"),
                            (4, "Complete disability"),
                            (5, "Dementia unit"),
                        ],
                        verbose_name="care level",
                    ),
                ),
                ("from_amount", models.DecimalField(decimal_places=2, max_digits=8, verbose_name="from (yuan a month)")),
                ("to_amount", models.DecimalField(decimal_places=2, max_digits=8, verbose_name="to (yuan a month)")),
                (
                    "home",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="price_bands", to="care.home"),
                ),
            ],
            options={
                "verbose_name": "price band",
                "ordering": ["care_level"],
            },
        ),
        migrations.CreateModel(
            name="Reservation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(editable=False, max_length=40, unique=True, verbose_name="reference")),
                ("created_at", models.DateTimeField(default=governance.clocks.now.now, editable=False, verbose_name="created")),
                (
                    "care_level",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Fully able"),
                            (1, "Mild disability"),
                            (2, "Moderate disability"),
                            (3, "Severe disability"),
                            (4, "Complete disability"),
                            (5, "Dementia unit"),
                        ],
                        editable=False,
                        null=True,
                        verbose_name="counted among places for",
                    ),
                ),
                (
                    "relation",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("self", "The person I act for"),
                            ("spouse", "Husband or wife"),
                            ("parent", "Mother or father"),
                            ("carer", "Carer who stays along"),
                            ("other", "Somebody else"),
                        ],
                        default="self",
                        max_length=8,
                        verbose_name="for whom",
                    ),
                ),
                (
                    "resident_name",
                    models.CharField(
                        blank=True,
                        help_text="Only the home and the offices responsible see it. Leave empty if it is you.",
                        max_length=60,
                        verbose_name="name of the person who moves in",
                    ),
                ),
                (
                    "care_need",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (0, "Fully able"),
                            (1, "Mild disability"),
                            (2, "Moderate disability"),
                            (3, "Severe disability"),
                            (4, "Complete disability"),
                            (5, "Dementia unit"),
                        ],
                        help_text="The level from the assessment. Leave empty if there is none yet.",
                        null=True,
                        verbose_name="care needed",
                    ),
                ),
                (
                    "sex",
                    models.CharField(
                        blank=True,
                        choices=[("female", "Woman"), ("male", "Man")],
                        help_text="Asked because rooms are shared.",
                        max_length=6,
                        verbose_name="woman or man",
                    ),
                ),
                ("arrives_on", models.DateField(verbose_name="arrives on")),
                (
                    "leaves_on",
                    models.DateField(
                        blank=True, help_text="Leave empty for a stay until further notice.", null=True, verbose_name="leaves on"
                    ),
                ),
                (
                    "neighbour_wish",
                    models.CharField(
                        choices=[
                            ("none", "Does not matter"),
                            ("same-room", "In the same room"),
                            ("same-unit", "In the same unit"),
                        ],
                        default="none",
                        max_length=10,
                        verbose_name="how near to each other",
                    ),
                ),
                ("wish", models.CharField(blank=True, max_length=500, verbose_name="anything the home should know")),
                (
                    "decline_ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no-place", "No suitable place is free"),
                            ("assessment", "An assessment is needed first"),
                            ("level", "The home cannot give this level of care"),
                            ("room", "No room fits, as rooms are shared"),
                            ("fees", "No agreement about the fees"),
                            ("other", "Another reason"),
                        ],
                        max_length=12,
                        verbose_name="ground",
                    ),
                ),
                ("moved_in_on", models.DateField(blank=True, null=True, verbose_name="moved in on")),
                ("moved_out_on", models.DateField(blank=True, null=True, verbose_name="moved out on")),
                (
                    "state",
                    governance.actions.records.StateField(
                        choices=[
                            ("requested", "Waiting for the home"),
                            ("confirmed", "Confirmed"),
                            ("declined", "Declined"),
                            ("lapsed", "Lapsed"),
                            ("withdrawn", "Withdrawn"),
                            ("admitted", "Moved in"),
                            ("discharged", "Moved out"),
                            ("transferred", "Moved to another home"),
                        ],
                        default="requested",
                        editable=False,
                        max_length=32,
                        verbose_name="state",
                    ),
                ),
                (
                    "applicant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="stakeholders.stakeholder",
                        verbose_name="the applicant",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="stakeholders.area", verbose_name="area"
                    ),
                ),
                (
                    "bed",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reservations",
                        to="care.bed",
                        verbose_name="bed",
                    ),
                ),
                (
                    "companion",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="companions",
                        to="care.reservation",
                        verbose_name="belongs to",
                    ),
                ),
                (
                    "home",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reservations",
                        to="care.home",
                        verbose_name="home",
                    ),
                ),
                (
                    "resident",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="stakeholders.stakeholder",
                        verbose_name="the resident",
                    ),
                ),
            ],
            options={
                "verbose_name": "reservation",
                "verbose_name_plural": "reservations",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="unit")),
                ("home", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="units", to="care.home")),
            ],
            options={
                "verbose_name": "unit",
                "ordering": ["name", "id"],
            },
        ),
        migrations.AddField(
            model_name="room",
            name="unit",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="rooms", to="care.unit"),
        ),
        migrations.CreateModel(
            name="Vacancy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("need", models.PositiveSmallIntegerField()),
                ("maximum", models.IntegerField(null=True)),
                ("occupied", models.IntegerField(null=True)),
                ("reserved", models.IntegerField(null=True)),
                ("accepting", models.IntegerField(null=True)),
                ("after_assessment", models.IntegerField(null=True)),
                (
                    "precision",
                    models.CharField(
                        choices=[
                            ("exact", "Exact"),
                            ("at-least", "At least"),
                            ("estimate", "Estimate"),
                            ("unknown", "Not known"),
                            ("assessment-first", "Assessment first"),
                        ],
                        max_length=16,
                    ),
                ),
                ("remark", models.CharField(blank=True, max_length=200)),
                ("observed_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "area",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="stakeholders.area"
                    ),
                ),
                (
                    "home",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="vacancies", to="care.home"
                    ),
                ),
            ],
            options={
                "verbose_name": "vacancy",
                "verbose_name_plural": "vacancies",
            },
        ),
        migrations.AddIndex(
            model_name="home",
            index=django.contrib.postgres.indexes.GistIndex(fields=["position"], name="care_home_position"),
        ),
        migrations.AddIndex(
            model_name="home",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search_text"], name="care_home_search_text", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.AddIndex(
            model_name="home",
            index=django.contrib.postgres.indexes.GinIndex(fields=["services"], name="care_home_services"),
        ),
        migrations.AddIndex(
            model_name="home",
            index=models.Index(condition=models.Q(("state", "open")), fields=["price_from_amount", "id"], name="care_home_price"),
        ),
        migrations.AddIndex(
            model_name="home",
            index=models.Index(condition=models.Q(("state", "open")), fields=["area", "id"], name="care_home_area"),
        ),
        migrations.AddConstraint(
            model_name="home",
            constraint=models.UniqueConstraint(
                condition=models.Q(models.Q(("filing_number", ""), _negated=True), models.Q(("state", "closed"), _negated=True)),
                fields=("filing_number",),
                name="a_filing_number_names_one_home",
                violation_error_message="Another home already has this licence or filing number.",
            ),
        ),
        migrations.AddConstraint(
            model_name="home",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("price_from_amount__isnull", True),
                    ("price_to_amount__isnull", True),
                    ("price_from_amount__lte", models.F("price_to_amount")),
                    _connector="OR",
                ),
                name="a_price_runs_upwards",
                violation_error_message="The lowest price is higher than the highest.",
            ),
        ),
        migrations.AddConstraint(
            model_name="home",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                    models.Q(("latitude__range", (-90, 90)), ("longitude__range", (-180, 180))),
                    _connector="OR",
                ),
                name="a_point_has_two_coordinates",
                violation_error_message="Give both longitude and latitude, in degrees.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="home",
            trigger=pgtrigger.compiler.Trigger(
                name="state_by_action_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."state" IS DISTINCT FROM (NEW."state"))',
                    func="IF coalesce(current_setting('governance.action', true), '') = '' THEN RAISE EXCEPTION 'a state changes by an action only' USING ERRCODE = 'check_violation', CONSTRAINT = 'a_state_changes_by_an_action_only'; END IF; RETURN NEW;",
                    hash="506335646a1e11c8398b01a78f1442ef18f505d7",
                    operation='UPDATE OF "state"',
                    pgid="pgtrigger_state_by_action_only_636ac",
                    table="care_home",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="capacityobservation",
            index=models.Index(fields=["home", "care_level", "-id"], name="care_observation_of_home"),
        ),
        migrations.AddConstraint(
            model_name="capacityobservation",
            constraint=models.CheckConstraint(
                condition=models.Q(("maximum__gte", 0), ("occupied__gte", 0), ("reserved__gte", 0)),
                name="places_are_counted_from_nought",
                violation_error_message="A number of places cannot be negative.",
            ),
        ),
        migrations.AddConstraint(
            model_name="capacityobservation",
            constraint=models.CheckConstraint(
                condition=models.Q(("accepting__gte", 0)),
                name="nobody_is_placed_beyond_what_is_free",
                violation_error_message="The home has no more places to give at this level of care just now.",
            ),
        ),
        migrations.AddConstraint(
            model_name="capacityobservation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("accepting__isnull", True), models.Q(("precision", "unknown"), _negated=True), _connector="OR"
                ),
                name="the_unknown_has_no_number",
                violation_error_message="Leave the number of free places empty when it is not known.",
            ),
        ),
        migrations.AddConstraint(
            model_name="capacityobservation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("maximum__isnull", True),
                    ("occupied__isnull", True),
                    ("reserved__isnull", True),
                    ("accepting__isnull", True),
                    (
                        "maximum",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(models.F("occupied"), "+", models.F("reserved")),
                            "+",
                            models.F("accepting"),
                        ),
                    ),
                    models.Q(("remark", ""), _negated=True),
                    ("source", "reservation"),
                    _connector="OR",
                ),
                name="the_numbers_add_up_or_say_why",
                violation_error_message="Occupied, reserved and accepting do not make the number of places. Correct them, or say why.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="capacityobservation",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="13ad7d50a250dfa0822002be3a9e82ead3f96261",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_7dff7",
                    table="care_capacityobservation",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="capacityobservation",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_vacancies",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    PERFORM 1 FROM care_home WHERE id IN (SELECT home_id FROM added) ORDER BY id FOR NO KEY UPDATE;\n    INSERT INTO care_vacancy AS kept (home_id, area_id, need, maximum, occupied, reserved, accepting,\n                                      after_assessment, precision, remark, observed_at, recorded_at)\n    SELECT h.id, h.area_id, need.value,\n        CASE WHEN bool_and(last.maximum IS NOT NULL) THEN sum(last.maximum) END,\n        CASE WHEN bool_and(last.occupied IS NOT NULL) THEN sum(last.occupied) END,\n        CASE WHEN bool_and(last.reserved IS NOT NULL) THEN sum(last.reserved) END,\n        sum(last.accepting) FILTER (WHERE last.sure),\n        sum(last.accepting) FILTER (WHERE last.precision = 'assessment-first'),\n        CASE\n            WHEN NOT bool_or(last.sure) THEN\n                CASE WHEN bool_or(last.precision = 'assessment-first') THEN 'assessment-first' ELSE 'unknown' END\n            WHEN bool_or(last.sure AND last.precision = 'estimate') THEN 'estimate'\n            WHEN bool_or(NOT last.sure OR last.precision = 'at-least') THEN 'at-least'\n            ELSE 'exact'\n        END,\n        left(coalesce(string_agg(DISTINCT nullif(last.remark, ''), '; '), ''), 200),\n        min(last.observed_at), max(last.recorded_at)\n    FROM (SELECT DISTINCT home_id FROM added) touched\n    JOIN care_home h ON h.id = touched.home_id\n    CROSS JOIN generate_series(0, 5) AS level(value)\n    CROSS JOIN LATERAL (\n        SELECT o.*, o.precision IN ('exact', 'at-least', 'estimate') AND o.accepting IS NOT NULL AS sure\n        FROM care_capacityobservation o\n        WHERE o.home_id = h.id AND o.care_level = level.value\n        ORDER BY o.id DESC LIMIT 1\n    ) last\n    JOIN (VALUES (0), (1), (2), (3), (4), (5), (9)) AS need(value)\n      ON need.value = 9 OR (need.value = 5 AND level.value = 5)\n      OR (need.value < 5 AND level.value BETWEEN need.value AND 4)\n    GROUP BY h.id, h.area_id, need.value\n    ON CONFLICT (home_id, need) DO UPDATE SET\n        area_id = excluded.area_id, maximum = excluded.maximum, occupied = excluded.occupied,\n        reserved = excluded.reserved, accepting = excluded.accepting, after_assessment = excluded.after_assessment,\n        precision = excluded.precision, remark = excluded.remark, observed_at = excluded.observed_at, recorded_at = excluded.recorded_at;\n    RETURN NULL;\n",
                    hash="5f46db2f07dd22bb52af93f5cbcc15a7a84e512f",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_keep_vacancies_c5985",
                    referencing="REFERENCING NEW TABLE AS added ",
                    table="care_capacityobservation",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="priceband",
            constraint=models.UniqueConstraint(fields=("home", "care_level"), name="a_level_has_one_price_band"),
        ),
        migrations.AddConstraint(
            model_name="priceband",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_amount__gte", 0), ("from_amount__lte", models.F("to_amount"))),
                name="a_band_runs_upwards",
            ),
        ),
        migrations.AddIndex(
            model_name="reservation",
            index=models.Index(fields=["home", "state", "-id"], name="care_reservation_of_home"),
        ),
        migrations.AddIndex(
            model_name="reservation",
            index=models.Index(fields=["applicant", "-id"], name="care_reservation_asked"),
        ),
        migrations.AddConstraint(
            model_name="reservation",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("bed__isnull", False), ("state__in", ("requested", "confirmed", "admitted"))),
                expressions=[
                    ("bed", "="),
                    (
                        models.Func(
                            models.F("arrives_on"),
                            models.F("leaves_on"),
                            django.contrib.postgres.fields.ranges.RangeBoundary(),
                            function="daterange",
                        ),
                        "&&",
                    ),
                ],
                name="a_bed_is_held_once",
                violation_error_message="Somebody else holds this bed on these days. Choose another bed or other days.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reservation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("requested", "confirmed"))),
                fields=("home", "resident"),
                name="a_person_asks_a_home_once",
                violation_error_message="This home already has a request for the same person. Withdraw that one first.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reservation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "admitted")),
                fields=("resident",),
                name="a_person_lives_in_one_home",
                violation_error_message="This person already lives in a home.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reservation",
            constraint=models.CheckConstraint(
                condition=models.Q(("leaves_on__isnull", True), ("leaves_on__gt", models.F("arrives_on")), _connector="OR"),
                name="a_stay_ends_after_it_begins",
                violation_error_message="The day of leaving must be after the day of arriving.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reservation",
            trigger=pgtrigger.compiler.Trigger(
                name="state_by_action_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."state" IS DISTINCT FROM (NEW."state"))',
                    func="IF coalesce(current_setting('governance.action', true), '') = '' THEN RAISE EXCEPTION 'a state changes by an action only' USING ERRCODE = 'check_violation', CONSTRAINT = 'a_state_changes_by_an_action_only'; END IF; RETURN NEW;",
                    hash="0aeaa6bfeb7efb455619ec376bc9d5058fac663f",
                    operation='UPDATE OF "state"',
                    pgid="pgtrigger_state_by_action_only_4b02e",
                    table="care_reservation",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reservation",
            trigger=pgtrigger.compiler.Trigger(
                name="queue_at_the_home",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM 1 FROM care_home WHERE id = NEW.home_id FOR NO KEY UPDATE; RETURN NEW;",
                    hash="7e20feb0036cfab4d6859ba49a68db9dae5ee951",
                    operation='INSERT OR UPDATE OF "state", "bed_id"',
                    pgid="pgtrigger_queue_at_the_home_e6bee",
                    table="care_reservation",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reservation",
            trigger=pgtrigger.compiler.Trigger(
                name="count_on",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    WITH ranks AS (\n        SELECT CASE OLD.state WHEN 'admitted' THEN 2 WHEN 'requested' THEN 1 WHEN 'confirmed' THEN 1 ELSE 0 END AS was,\n               CASE NEW.state WHEN 'admitted' THEN 2 WHEN 'requested' THEN 1 WHEN 'confirmed' THEN 1 ELSE 0 END AS becomes\n    ), moves AS (\n        SELECT NEW.home_id, NEW.care_level, NEW.bed_id, was, becomes FROM ranks\n        WHERE OLD.bed_id IS NOT DISTINCT FROM NEW.bed_id AND OLD.home_id = NEW.home_id\n          AND OLD.care_level IS NOT DISTINCT FROM NEW.care_level\n        UNION ALL\n        SELECT OLD.home_id, OLD.care_level, OLD.bed_id, was, 0 FROM ranks\n        WHERE OLD.bed_id IS DISTINCT FROM NEW.bed_id OR OLD.home_id IS DISTINCT FROM NEW.home_id\n           OR OLD.care_level IS DISTINCT FROM NEW.care_level\n        UNION ALL\n        SELECT NEW.home_id, NEW.care_level, NEW.bed_id, 0, becomes FROM ranks\n        WHERE OLD.bed_id IS DISTINCT FROM NEW.bed_id OR OLD.home_id IS DISTINCT FROM NEW.home_id\n           OR OLD.care_level IS DISTINCT FROM NEW.care_level\n    ), beds AS (\n        SELECT m.home_id, m.care_level, greatest(m.was, others.rank) AS was, greatest(m.becomes, others.rank) AS becomes\n        FROM moves m CROSS JOIN LATERAL (\n            SELECT coalesce(max(CASE r.state WHEN 'admitted' THEN 2 ELSE 1 END), 0) AS rank\n            FROM care_reservation r\n            WHERE r.bed_id = m.bed_id AND r.id <> NEW.id AND r.state IN ('requested', 'confirmed', 'admitted')\n        ) others\n    ), shifts AS (\n        SELECT home_id, care_level,\n               sum((becomes = 2)::int - (was = 2)::int) AS occupied, sum((becomes = 1)::int - (was = 1)::int) AS reserved\n        FROM beds WHERE home_id IS NOT NULL AND care_level IS NOT NULL\n        GROUP BY home_id, care_level\n    )\n    INSERT INTO care_capacityobservation (home_id, area_id, care_level, maximum, occupied, reserved, accepting,\n        precision, remark, source, confirmed_unchanged, observed_at, recorded_at, observer_id)\n    SELECT last.home_id, last.area_id, last.care_level, last.maximum,\n        greatest(last.occupied + s.occupied, 0), greatest(last.reserved + s.reserved, 0),\n        CASE WHEN last.precision = 'exact' THEN last.accepting - s.occupied - s.reserved\n             ELSE greatest(last.accepting - s.occupied - s.reserved, 0) END,\n        last.precision, last.remark, 'reservation', false, last.observed_at, clock_timestamp(), last.observer_id\n    FROM shifts s CROSS JOIN LATERAL (\n        SELECT * FROM care_capacityobservation o\n        WHERE o.home_id = s.home_id AND o.care_level = s.care_level ORDER BY o.id DESC LIMIT 1\n    ) last\n    WHERE s.occupied <> 0 OR s.reserved <> 0;\n    RETURN NULL;\n",
                    hash="bee594242c6ace25c118e719faf4a4e6edb3dbae",
                    operation='INSERT OR UPDATE OF "state", "bed_id"',
                    pgid="pgtrigger_count_on_96683",
                    table="care_reservation",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="bed",
            index=models.Index(
                condition=models.Q(("state", "open")), fields=["home", "care_level", "id"], name="care_bed_of_home"
            ),
        ),
        migrations.AddConstraint(
            model_name="bed",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "removed"), _negated=True),
                fields=("home", "label"),
                name="a_bed_number_is_given_once",
                violation_error_message="The home already has a bed with this number.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="bed",
            trigger=pgtrigger.compiler.Trigger(
                name="state_by_action_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."state" IS DISTINCT FROM (NEW."state"))',
                    func="IF coalesce(current_setting('governance.action', true), '') = '' THEN RAISE EXCEPTION 'a state changes by an action only' USING ERRCODE = 'check_violation', CONSTRAINT = 'a_state_changes_by_an_action_only'; END IF; RETURN NEW;",
                    hash="4c87bbf5a248a52a949aaa094705a54cc5adbc0a",
                    operation='UPDATE OF "state"',
                    pgid="pgtrigger_state_by_action_only_7fa23",
                    table="care_bed",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.UniqueConstraint(fields=("home", "name"), name="a_unit_is_named_once"),
        ),
        migrations.AddConstraint(
            model_name="room",
            constraint=models.UniqueConstraint(fields=("unit", "name"), name="a_room_is_named_once"),
        ),
        migrations.AddIndex(
            model_name="vacancy",
            index=models.Index(
                models.F("need"),
                models.OrderBy(models.F("accepting"), descending=True, nulls_last=True),
                models.F("home"),
                name="care_vacancy_accepting",
            ),
        ),
        migrations.AddIndex(
            model_name="vacancy",
            index=models.Index(
                models.F("need"),
                models.OrderBy(models.F("observed_at"), descending=True),
                models.F("home"),
                name="care_vacancy_confirmed",
            ),
        ),
        migrations.AddIndex(
            model_name="vacancy",
            index=models.Index(models.F("need"), models.F("area"), name="care_vacancy_area"),
        ),
        migrations.AddConstraint(
            model_name="vacancy",
            constraint=models.UniqueConstraint(fields=("home", "need"), name="a_need_has_one_vacancy"),
        ),
    ]
