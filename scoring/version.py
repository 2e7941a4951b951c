"""Version of the engine; part of every result."""

ENGINE = "0.1.0"
