"""Another Unix, as far as Python sees it: what only Linux has is not there (``sitecustomize``)."""
