"""The page of what the demonstration has written: e-mails, and text messages through the carrier that sends nothing."""

from __future__ import annotations

from governance.development import views
from governance.notices.sms import carrier


def test_text_messages_are_shown_newest_first(settings, tmp_path):
    settings.SMS_CARRIER, settings.SMS_FILE, settings.EMAIL_FILE_PATH = "governance.notices.sms.File", str(tmp_path / "a" / "sms.jsonl"), str(tmp_path)
    assert views.texted(tmp_path / "a" / "sms.jsonl") == []
    for text in ("first", "有新进展"):
        carrier().send("13800000000", text, "k")
    assert [(one["to"], one["text"]) for one in views.texted(tmp_path / "a" / "sms.jsonl")] == [("13800000000", "有新进展"), ("13800000000", "first")]
    assert views.texted(tmp_path / "a" / "sms.jsonl")[0]["at"].tzinfo is not None
