"""The forms of charts: each puts a tidy frame into the body of a page, and knows no subject."""
