"""The forms that charts are drawn in: each puts a tidy frame into the body of a page, and knows no subject."""
