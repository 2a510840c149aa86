"""Addresses of receipts and of the page of the log."""

from django.urls import path

from governance.receipts import views
from governance.receipts.feeds import CheckpointFeed

app_name = "receipts"
urlpatterns = [
    path("verify/", views.VerifyView.as_view(), name="verify"),
    path("receipts/<uuid:pk>/", views.ReceiptView.as_view(), name="receipt"),
    path("receipts/<uuid:pk>/receipt.json", views.ReceiptFileView.as_view(), name="file"),
    path("receipts/<uuid:pk>/receipt.pdf", views.ReceiptPdfView.as_view(), name="pdf"),
    path("receipts/<uuid:pk>/qr.svg", views.ReceiptQrView.as_view(), name="qr"),
    path("ledger/", views.LogView.as_view(), name="log"),
    path("ledger/erasures/", views.ErasureListView.as_view(), name="erasures"),
    path("ledger/erasures/<uuid:pk>.json", views.TombstoneFileView.as_view(), name="tombstone"),
    path("ledger/checkpoints.atom", CheckpointFeed(), name="feed"),
]
