"""A fact stays as it was written; only the words of people can be taken out of what it says."""

from django.db import migrations

FORWARD = """
CREATE OR REPLACE FUNCTION events_fact_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND current_setting('handrail.blanking', true) = 'on'
       AND (NEW.id, NEW.at, NEW.kind, NEW.subject_id) = (OLD.id, OLD.at, OLD.kind, OLD.subject_id) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'facts are append-only: % of events_fact is refused', TG_OP;
END $$;
"""
BACKWARD = """
CREATE OR REPLACE FUNCTION events_fact_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'facts are append-only: % of events_fact is refused', TG_OP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0001_facts")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
