"""The domain: instruments, the board, sessions, exchange rules and index arithmetic."""
