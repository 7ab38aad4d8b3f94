"""The Markdown around the entries: fences, headings, list items, comments, front matter, history.

Owns CommonMark's rules as far as they decide which lines are a fence's, a comment's, a heading or
body. Says where things are, as spans; must not know a dialect.
"""
