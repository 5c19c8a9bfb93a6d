"""The screens: one module a screen, its stylesheet beside it."""
