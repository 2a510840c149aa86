"""Files on their way into a register: staged, judged by rules in SQL, compared, previewed, applied whole or not at all, undone.

A slice declares one class per kind of file in its module ``imports``, and who hands it in among its actions::

    class Homes(Sheet):
        kind, label, model = "homes", _("Homes"), Home
        columns = (
            Text(name="number", chinese="备案编号", english="Number", example="0001", most=60, required=True, kept_in="number", compared=False),
            Number(name="beds", chinese="床位数", english="Beds", example="80", least=0, most=9999, kept_in="beds"),
        )
        rules = (Rule("twice", "number", "r.times > 1"), Rule("closed", "number", "t.state = 'closed'", _("This home is closed.")))
        counted = "count(*) OVER (PARTITION BY number) AS times"
        joins = "LEFT JOIN care_home t ON t.number = r.number"       # t: the record a row is about, none for a new one
        stands_for, corrects = (RegisterHome, AcceptFiling), (ChangeHomeDetails,)  # what a new row and a changed one are
        through = {"area_id": RegisterHome}                          # columns that these actions write beside their fields
        made = {"area_id": "%(area)s"}                               # what a new one gets beside its columns
        named, keepers = ("number", "beds"), Holds(Duty.KEEP_HOMES)  # how a row is known again; who goes on with the file

    class ImportHomes(HandInForArea):                                # governance.imports.actions; HandInOwn for a sender's own
        kind, duty, by = "homes", Duty.KEEP_HOMES, Holds(Duty.KEEP_HOMES)

Pages, interface, blanks, faults by row, progress, preview and undoing follow from that. The state of a new record, its periods, who
is told and what a row may change at all are those of the actions it stands for; each record that a file touches has an event, sealed
with those of the other rows. A sheet that would reach a final state, set one by itself or write what none of its actions writes is
refused when the system starts (``declarations``). Constraints of the table are asked row by row. Parameters of all SQL: ``sheets.reach``.
Numbers of persons go in a column ``Identity``: they are sealed before they reach the database.
"""

from governance.imports.columns import Check, Choice, Column, Day, Month, Number, Several, Text, day_in
from governance.imports.sheets import SHEETS, Beside, Hidden, Rule, Sheet

__all__ = ["SHEETS", "Beside", "Check", "Choice", "Column", "Day", "Hidden", "Month", "Number", "Rule", "Several", "Sheet", "Text", "day_in"]
