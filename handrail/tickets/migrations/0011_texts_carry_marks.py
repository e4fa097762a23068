"""What is in the index already gets the marks of its ticket's brand and of its days; see search/marks.py."""

from django.db import migrations

FORWARD = """
UPDATE search_document AS text
   SET vector = text.vector || array_to_tsvector(ARRAY[
           '~s' || right(replace(ticket.brand_id::text, '-', ''), 12),
           '~0.' || day, '~1.' || day / 4, '~2.' || day / 16, '~3.' || day / 64, '~4.' || day / 256])
  FROM (SELECT id, floor(extract(epoch FROM at) / 86400)::bigint AS day FROM search_document) AS dated,
       tickets_ticket AS ticket
 WHERE dated.id = text.id AND ticket.id = text.owner
   AND NOT text.vector @@ ('''~4.' || day / 256 || '''')::tsquery
"""


class Migration(migrations.Migration):
    dependencies = [("tickets", "0010_macros"), ("search", "0002_words_are_counted")]
    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop, elidable=True)]
