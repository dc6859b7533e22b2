"""The version of the engine, which stands on every output."""

__version__ = "0.1.0"
