def leftovers(engine):
    """The throw-away databases that are there, but those that are kept for runs to come."""
    if engine.name == "sqlite":
        return [path.name for path in engine.folder.glob("scratch/*/[!k]*.sqlite3*")]
    with engine._admin() as admin:
        return [name for name in engine._databases(admin) if "_scratch_" in name and "_kept_" not in name]
