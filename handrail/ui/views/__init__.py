"""The one page of this room: its own components."""
