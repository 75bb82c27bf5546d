"""How `host.mind.guard.weighing` is trained, and measured: needs the extra ``train`` and a checkout."""
