"""Files behind reports: opened by those who may see the report, never in public."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest

from gongkai.files import storage
from gongkai.ledger import queries
from gongkai.ledger.models import Evidence
from gongkai.orgs.wall import acts


@acts("ledger.view", objects={"pk": Evidence})
def download(request: HttpRequest, pk: int) -> FileResponse:
    """The file behind a report, offered for keeping: it is not opened in the browser."""
    piece = queries.file_of(request.actor, pk)
    if piece is None or piece.file is None:
        raise Http404
    try:
        content = storage.open_stored(piece.file)
    except FileNotFoundError as gone:
        raise Http404 from gone
    answer = FileResponse(content, as_attachment=True, filename=piece.file.name)
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
