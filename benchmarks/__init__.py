"""What the performance promises are, measured side by side in one run."""
