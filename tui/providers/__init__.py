"""Sources of market data: the contracts, the registry, and the built-in sources."""
