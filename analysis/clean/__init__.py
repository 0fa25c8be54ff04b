"""Reports to rounds: typing, linking, choosing, rates and corrections."""
