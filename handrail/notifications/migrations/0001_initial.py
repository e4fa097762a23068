import django.db.models.deletion
import handrail.kit.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('team', '0001_initial'),
        ('tickets', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Mute',
            fields=[
                ('id', models.UUIDField(default=handrail.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('wrote-again', 'A customer writes again on a ticket of mine'), ('assigned', 'A colleague or a rule gives me a ticket'), ('mentioned', 'A colleague names me in a note'), ('undelivered', 'A reply of mine does not arrive')], max_length=20)),
                ('at', models.DateTimeField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'kind'), name='user_mutes_a_kind_once')],
            },
        ),
        migrations.CreateModel(
            name='Notification',
            fields=[
                ('id', models.UUIDField(default=handrail.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('wrote-again', 'A customer writes again on a ticket of mine'), ('assigned', 'A colleague or a rule gives me a ticket'), ('mentioned', 'A colleague names me in a note'), ('undelivered', 'A reply of mine does not arrive')], max_length=20)),
                ('cause', models.CharField(max_length=100)),
                ('at', models.DateTimeField()),
                ('read_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='team.agent')),
                ('message', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tickets.message')),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tickets.ticket')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['user', '-at'], name='notification_latest'), models.Index(condition=models.Q(('read_at', None)), fields=['user', 'ticket'], name='notification_unread')],
                'constraints': [models.UniqueConstraint(fields=('user', 'kind', 'cause'), name='nobody_is_told_the_same_twice')],
            },
        ),
    ]
