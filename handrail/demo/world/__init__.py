"""The demo company's year as plain values, in time order; `demo.load` brings it into the database."""

from handrail.demo.world.world import FULL, World

__all__ = ["FULL", "World"]
