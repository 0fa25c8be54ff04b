"""Tables to the small tidy frame behind each chart: one module a notebook, pure functions."""
