"""The whole program under faults: what is shown, what the health says, and what comes after.

``python -m benchmarks reliability`` runs the program, on a clock that runs fast, against a service
on the loopback address that fails in every way, and against quotes that lie in every way. What it
sees is written to ``docs/reliability.md``. ``python -m benchmarks soak`` runs it for long, under
heavy traffic with faults chosen by chance, and weighs it.
"""
