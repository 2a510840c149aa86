"""The API kit: records are read, actions are posted; everything is derived from the actions and the querysets."""
