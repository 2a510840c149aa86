"""The ledger's tables belong to a role that nobody signs in as; whoever migrates and serves may add and read.

Where the migrating role may not make roles, an administrator runs the same lines once; triggers guard the tables meanwhile.
"""

from django.db import migrations

OWNED = ("leaf", "seal", "entry", "node", "checkpoint", "cosignature")
TAKE = """
DO $$
DECLARE name text;
BEGIN
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    RAISE NOTICE 'the ledger keeps its owner: only a superuser hands it over (see docs/decisions/0006)';
    RETURN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'gongzhi_ledger') THEN
    BEGIN
      CREATE ROLE gongzhi_ledger NOLOGIN;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;  -- somebody else was faster
    END;
  END IF;
  -- foreign keys are checked in the owner's name, who has to find the tables for that
  EXECUTE format('GRANT USAGE ON SCHEMA %%I TO gongzhi_ledger', current_schema());
  FOREACH name IN ARRAY ARRAY[%(tables)s] LOOP
    EXECUTE format('ALTER TABLE %%I OWNER TO gongzhi_ledger', name);
    EXECUTE format('GRANT SELECT, INSERT ON %%I TO current_user', name);
  END LOOP;
  GRANT UPDATE (salt, content, code) ON ledger_seal TO current_user;
END $$
""" % {"tables": ", ".join(f"'ledger_{name}'" for name in OWNED)}
GIVE_BACK = "; ".join(f"ALTER TABLE ledger_{name} OWNER TO current_user" for name in OWNED)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_leaves_and_the_tree_over_them")]

    operations = [migrations.RunSQL(TAKE, GIVE_BACK)]
