"""Where market data becomes widget input: the only rooms that know both sides."""
