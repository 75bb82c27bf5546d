"""How `host.core.acts` is trained; needs the extra ``train`` and is not part of a wheel."""
