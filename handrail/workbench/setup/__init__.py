"""The first set-up: from an empty installation to a desk that takes mail, in three short steps, once."""
