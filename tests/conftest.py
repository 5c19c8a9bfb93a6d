"""What every test shares: property tests that try the same examples each time, unhurried."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "zaraba", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("zaraba")
