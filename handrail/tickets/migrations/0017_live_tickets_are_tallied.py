import django.db.models.deletion
from django.db import migrations, models

# A change of a ticket adds rows and touches none: nobody waits for a sum that somebody else is changing.
TALLY = """
CREATE FUNCTION tickets_tally_those_that_came() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO tickets_tally (brand_id, team_id, owner_id, status, stage_id, priority, channel, number)
    SELECT brand_id, team_id, owner_id, status, stage_id, priority, channel, count(*) FROM came
     WHERE status IN ('new', 'open', 'waiting', 'hold')
     GROUP BY brand_id, team_id, owner_id, status, stage_id, priority, channel;
    RETURN NULL;
END $$;
CREATE FUNCTION tickets_tally_those_that_went() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO tickets_tally (brand_id, team_id, owner_id, status, stage_id, priority, channel, number)
    SELECT brand_id, team_id, owner_id, status, stage_id, priority, channel, -count(*) FROM went
     WHERE status IN ('new', 'open', 'waiting', 'hold')
     GROUP BY brand_id, team_id, owner_id, status, stage_id, priority, channel;
    RETURN NULL;
END $$;
CREATE FUNCTION tickets_tally_one_that_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO tickets_tally (brand_id, team_id, owner_id, status, stage_id, priority, channel, number)
    SELECT * FROM (VALUES
        (OLD.brand_id, OLD.team_id, OLD.owner_id, OLD.status, OLD.stage_id, OLD.priority, OLD.channel, -1),
        (NEW.brand_id, NEW.team_id, NEW.owner_id, NEW.status, NEW.stage_id, NEW.priority, NEW.channel, 1)
    ) AS sides (brand_id, team_id, owner_id, status, stage_id, priority, channel, number)
     WHERE status IN ('new', 'open', 'waiting', 'hold');
    RETURN NULL;
END $$;
CREATE TRIGGER tickets_are_tallied AFTER INSERT ON tickets_ticket
    REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION tickets_tally_those_that_came();
CREATE TRIGGER tickets_gone_are_tallied AFTER DELETE ON tickets_ticket
    REFERENCING OLD TABLE AS went FOR EACH STATEMENT EXECUTE FUNCTION tickets_tally_those_that_went();
CREATE TRIGGER changed_tickets_are_tallied
    AFTER UPDATE OF brand_id, team_id, owner_id, status, stage_id, priority, channel ON tickets_ticket
    FOR EACH ROW WHEN (
        (OLD.brand_id, OLD.team_id, OLD.owner_id, OLD.status, OLD.stage_id, OLD.priority, OLD.channel)
        IS DISTINCT FROM
        (NEW.brand_id, NEW.team_id, NEW.owner_id, NEW.status, NEW.stage_id, NEW.priority, NEW.channel)
    ) EXECUTE FUNCTION tickets_tally_one_that_changed();
INSERT INTO tickets_tally (brand_id, team_id, owner_id, status, stage_id, priority, channel, number)
SELECT brand_id, team_id, owner_id, status, stage_id, priority, channel, count(*) FROM tickets_ticket
 WHERE status IN ('new', 'open', 'waiting', 'hold')
 GROUP BY brand_id, team_id, owner_id, status, stage_id, priority, channel;
ALTER TABLE tickets_tally SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
"""
TALLY_NO_MORE = """
DROP TRIGGER tickets_are_tallied ON tickets_ticket;
DROP TRIGGER tickets_gone_are_tallied ON tickets_ticket;
DROP TRIGGER changed_tickets_are_tallied ON tickets_ticket;
DROP FUNCTION tickets_tally_those_that_came();
DROP FUNCTION tickets_tally_those_that_went();
DROP FUNCTION tickets_tally_one_that_changed();
"""


def _named(to: str, *, null: bool = False) -> models.ForeignKey:
    return models.ForeignKey(
        to,
        on_delete=django.db.models.deletion.DO_NOTHING,
        null=null,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("team", "0001_initial"),
        ("tickets", "0016_unowned_tickets_by_wait"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("brand", _named("accounts.brand")),
                ("team", _named("team.team", null=True)),
                ("owner", _named("team.agent", null=True)),
                ("status", models.CharField(max_length=10)),
                ("stage", _named("tickets.status", null=True)),
                ("priority", models.PositiveSmallIntegerField()),
                ("channel", models.CharField(max_length=20)),
                ("number", models.IntegerField()),
            ],
        ),
        migrations.RunSQL(TALLY, TALLY_NO_MORE),
        migrations.RemoveIndex(model_name="ticket", name="ticket_live_by_heap"),
    ]
