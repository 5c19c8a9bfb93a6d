"""The one registry of commands, which feeds keys, palette, command line and help."""
