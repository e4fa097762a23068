import django.contrib.postgres.indexes
import django.db.models.deletion
import handrail.kit.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_leads_take_lists_away'),
        ('tickets', '0008_tickets_merge_split_and_link'),
    ]

    operations = [
        migrations.AddField(
            model_name='ticket',
            name='fields',
            field=models.JSONField(db_default={}, default=dict),
        ),
        migrations.CreateModel(
            name='Status',
            fields=[
                ('id', models.UUIDField(default=handrail.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('key', models.SlugField(max_length=40, unique=True)),
                ('category', models.CharField(choices=[('new', 'New'), ('open', 'Open'), ('waiting', 'Waiting for the customer'), ('hold', 'On hold'), ('solved', 'Solved'), ('closed', 'Closed'), ('merged', 'Merged'), ('spam', 'Spam')], max_length=10)),
                ('labels', models.JSONField(default=dict)),
                ('position', models.PositiveIntegerField(default=0)),
                ('retired_at', models.DateTimeField(null=True)),
                ('into', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tickets.status')),
            ],
            options={
                'ordering': ('position', 'key'),
            },
        ),
        migrations.AddField(
            model_name='ticket',
            name='stage',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tickets.status'),
        ),
        migrations.CreateModel(
            name='ForbiddenMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('was', models.CharField(max_length=40)),
                ('now', models.CharField(max_length=40)),
                ('role', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.role')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('role', 'was', 'now'), name='move_is_forbidden_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='status',
            constraint=models.CheckConstraint(condition=models.Q(('category__in', ('new', 'open', 'waiting', 'hold', 'solved', 'closed', 'spam'))), name='status_category_can_be_named'),
        ),
        migrations.AddConstraint(
            model_name='status',
            constraint=models.CheckConstraint(condition=models.Q(('key__in', ['new', 'open', 'waiting', 'hold', 'solved', 'closed', 'merged', 'spam']), _negated=True), name='status_key_is_no_category'),
        ),
        migrations.AddConstraint(
            model_name='status',
            constraint=models.UniqueConstraint(fields=('id', 'category'), name='status_with_its_category'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(condition=models.Q(('stage', None), _negated=True), fields=['stage'], name='ticket_by_stage'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('fields', {}), _negated=True), fields=['fields'], name='ticket_by_fields', opclasses=['jsonb_path_ops']),
        ),
        # A ticket's stage lies within the category its status column says; one without a stage is not looked at.
        migrations.RunSQL(
            "ALTER TABLE tickets_ticket ADD CONSTRAINT stage_lies_in_its_category"
            " FOREIGN KEY (stage_id, status) REFERENCES tickets_status (id, category)",
            "ALTER TABLE tickets_ticket DROP CONSTRAINT stage_lies_in_its_category",
        ),
    ]
