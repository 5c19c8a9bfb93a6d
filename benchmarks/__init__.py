"""What the performance promises are, measured side by side in one run.

``python -m benchmarks`` starts every contestant in a pseudo-terminal of its own, reads what it
writes as a terminal would, and sets the program beside a bare Textual app, a bare Python writer of
the same cells, and Textual's own DataTable on the same data. The machine counts for nothing: what
is judged is how the contestants compare within one run.
"""
