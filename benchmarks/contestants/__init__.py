"""The programs that are set side by side, each started in a terminal of its own."""
