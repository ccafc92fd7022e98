"""What every service of this kind needs and none is about: settings, log, health, drain."""
