"""Frame to matplotlib Figure: house style, forms, the registry, export."""
