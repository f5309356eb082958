"""区分处理 on the screen: words to tick, boxes to draw, a ground for each, then the proof."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.files import redacting, storage
from gongkai.foi.actions import redacting as work
from gongkai.foi.models import Paper, Redaction
from gongkai.foi.rules.suggesting import suggested
from gongkai.kernel import clock
from gongkai.kernel.text.numerals import written_number
from gongkai.law.refusal import Refusal, Refused
from gongkai.orgs.answers import tell_refusals
from gongkai.orgs.wall import acts, visible

_NUMBER = re.compile(r"^\d{1,3}(\.\d{1,3})?$")
HUNDRED = 100.0


@acts("foi.redact", objects={"pk": Paper})
@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Open a paper for blotting out."""
    paper = get_object_or_404(
        visible(Paper, request.actor, "foi.redact").select_related("case", "file", "unit"), pk=pk
    )
    try:
        made = work.begin_redaction(paper=paper, by=request.actor, now=clock.now())
    except Refused as refused:
        tell_refusals(request, refused)
        return redirect("foi:case", pk=paper.case_id)
    return redirect("foi:redaction", pk=made.pk)


@acts("foi.redact", objects={"pk": Redaction})
def page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One page of the paper with its words and boxes; POST adds, removes or finishes."""
    row = _row(request, pk)
    number = _page_number(request)
    if request.method == "POST":
        return _posted(request, row, number)
    try:
        view = _look(row, number)
    except Refused as refused:
        tell_refusals(request, refused)
        return redirect("foi:case", pk=row.case_id)
    boxes = [(at, blot, work.GROUNDS[blot.ground]) for at, blot in enumerate(work.blots_of(row))]
    marked = suggested([word.text for word in view.words])
    shown = {
        "redaction": row,
        "case": row.case,
        "number": number,
        "pages": range(view.pages),
        "view": view,
        "words": [(at, word, at in marked) for at, word in enumerate(view.words)],
        "boxes": [one for one in boxes if one[1].page == number],
        "all_boxes": len(boxes),
        "grounds": work.GROUNDS.items(),
    }
    return render(request, "foi/redaction.html", shown)


@acts("foi.redact", objects={"pk": Redaction})
def picture(request: HttpRequest, pk: int) -> HttpResponse:
    """The page as a picture, with the boxes shaded by the browser's own page."""
    view = _look(_row(request, pk), _page_number(request))
    answer = HttpResponse(view.picture, content_type="image/png")
    answer["Cache-Control"] = "no-store"
    return answer


def _posted(request: HttpRequest, row: Redaction, number: int) -> HttpResponseBase:
    try:
        if "finish" in request.POST:
            done = work.finish_redaction(
                redaction=row, by=request.actor, now=clock.now(), kept_why=request.POST.get("kept_why", "")
            )
            proof = done.proof
            messages.success(
                request,
                f"区分处理完成：核对了 {proof['checked']} 处被遮盖的文字，在文字、内容流和元数据里都已不存在。"
                if not proof["left"]
                else f"区分处理完成：{proof['left']} 处相同文字按您写的理由在别处保留。",
            )
            return redirect("foi:case", pk=row.case_id)
        blots = _changed(request, row, number)
        work.place_boxes(redaction=row, blots=blots, by=request.actor, now=clock.now())
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect(f"{reverse('foi:redaction', args=[row.pk])}?{urlencode({'page': number})}")


def _changed(request: HttpRequest, row: Redaction, number: int) -> list[work.Blot]:
    """The boxes after what was ticked, drawn, searched or taken away."""
    blots, given = work.blots_of(row), request.POST
    at = written_number(given.get("remove", ""))
    if at is not None:
        return [blot for place, blot in enumerate(blots) if place != at]
    ground = given.get("ground", "")
    view = _look(row, number)
    chosen = {written_number(one) for one in given.getlist("word")}
    blots += [work.Blot(number, word.box, ground) for place, word in enumerate(view.words) if place in chosen]
    typed = [given.get(side, "").strip() for side in ("left", "top", "right", "bottom")]
    if any(typed):
        if not all(_NUMBER.match(one) for one in typed):
            text = "框的四边没有填全，或者不是 0 到 100 之间的数。请填距左、上边的百分比。"
            raise Refused([Refusal("foi.box_sides", "", text)])
        left, top, right, bottom = (min(float(one), HUNDRED) / HUNDRED for one in typed)
        blots.append(work.Blot(number, (left, top, right, bottom), ground))
    text = given.get("everywhere", "").strip()
    if text:
        blots += _everywhere(row, view.pages, text, ground)
    return blots


def _everywhere(row: Redaction, pages: int, text: str, ground: str) -> list[work.Blot]:
    """A box over every place where a text stands, exact to the sign."""
    assert row.source.file is not None
    kind = work.KINDS[row.source.file.kind]
    found = redacting.find(storage.path_of(row.source.file), kind=kind, text=text)
    if not found:
        raise Refused([Refusal("foi.not_found", "", f"全文没有“{text}”。扫描件没有文字层，请画框遮盖。")])
    return [work.Blot(page, box, ground) for page, box in found if page < pages]


def _look(row: Redaction, number: int) -> redacting.PageView:
    assert row.source.file is not None
    kind = work.KINDS[row.source.file.kind]
    return redacting.look(storage.path_of(row.source.file), kind=kind, page=number)


def _row(request: HttpRequest, pk: int) -> Redaction:
    rows = visible(Redaction, request.actor, "foi.redact").select_related("case", "source__file", "unit")
    found: Redaction = get_object_or_404(rows, pk=pk)
    return found


def _page_number(request: HttpRequest) -> int:
    text = request.POST.get("page") or request.GET.get("page") or "0"
    return min(written_number(text) or 0, 299)
