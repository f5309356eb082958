"""Column packs: those that ship, those from a file, what an installation would do, export, uninstall."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from gongkai.columns import actions, queries
from gongkai.columns.forms import PackFileForm
from gongkai.columns.models import ColumnPack
from gongkai.columns.rules.packs import LARGEST, Pack, read_pack, write_pack
from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs.answers import tell_refusals
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import acts


@acts("columns.packs")
def index(request: HttpRequest) -> HttpResponse:
    """The packs that ship and those that are installed."""
    held = {pack.code: pack for pack in queries.installed()}
    context = {
        "shipped": [(pack, pack.code in held) for pack in queries.shipped()],
        "installed": list(held.values()),
        "form": PackFileForm(),
    }
    return render(request, "columns/packs.html", context)


@acts("columns.packs")
def shipped(request: HttpRequest, code: str) -> HttpResponse:
    """What the installation of a shipped pack would do; POST installs it."""
    pack = queries.shipped_pack(code)
    if pack is None:
        raise Http404
    return _install_page(request, pack, "")


@acts("columns.packs")
def take(request: HttpRequest) -> HttpResponse:
    """A pack from a file: read, shown with what it would do, installed when it is confirmed."""
    if request.method != "POST":
        return redirect("columns:packs")
    text = request.POST.get("text", "")[: LARGEST + 1].replace("\r\n", "\n")
    if not text:
        form = PackFileForm(request.POST, request.FILES)
        problems = [str(one) for one in form.errors.get("file", [])]
        if not problems:
            text, problems = _text_of(form.cleaned_data["file"])
    else:
        problems = []
    pack, wrong = read_pack(text) if text else (None, problems)
    if pack is None:
        for sentence in (wrong or problems)[:20]:
            messages.error(request, sentence)
        return redirect("columns:packs")
    return _install_page(request, pack, text, confirmed="text" in request.POST)


@acts("columns.packs")
def export(request: HttpRequest, code: str) -> HttpResponse:
    """An installed pack as a file for another district."""
    pack = queries.exported(code)
    if pack is None:
        raise Http404
    answer = HttpResponse(write_pack(pack), content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = (
        content_disposition_header(True, f"专栏包_{pack.name}.json") or "attachment"
    )
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@acts("columns.packs")
@require_POST
def uninstall(request: HttpRequest, code: str) -> HttpResponse:
    """Take a pack away, or only close its columns."""
    pack = get_object_or_404(ColumnPack, code=code)
    only_close = "close" in request.POST
    try:
        count = actions.uninstall(pack=pack, by=request.actor, now=clock.now(), only_close=only_close)
        messages.success(
            request,
            f"已停用 {count} 个专栏，信息和网址都保留。"
            if only_close
            else f"已卸载，撤去 {count} 个空专栏。",
        )
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("columns:packs")


def _install_page(request: HttpRequest, pack: Pack, text: str, *, confirmed: bool = True) -> HttpResponse:
    units = list(Unit.objects.filter(active=True).order_by("order", "pk"))
    by_pk = {str(unit.pk): unit for unit in units}
    chosen = {
        word: by_pk[request.POST[f"owner-{at}"]]
        for at, word in enumerate(pack.owners)
        if request.POST.get(f"owner-{at}") in by_pk
    }
    targets = [by_pk[pk] for pk in request.POST.getlist("units") if pk in by_pk]
    if request.method == "POST" and confirmed:
        try:
            made = []
            for unit in targets if pack.each else [None]:
                made += actions.install(
                    pack=pack, by=request.actor, now=clock.now(), chosen=chosen, unit=unit
                )
            if pack.each and not targets:
                messages.error(request, "没有选单位。请选为哪些单位安装。")
            else:
                messages.success(request, f"已安装“{pack.name}”，新开设 {len(made)} 个专栏，已有的保持不变。")
                return redirect("columns:packs")
        except Refused as refused:
            tell_refusals(request, refused)
    plan = queries.plan_for(pack, chosen=chosen)
    context = {
        "pack": pack,
        "plan": plan,
        "text": text,
        "unknown": [(at, word) for at, word in enumerate(pack.owners) if word in plan.unknown_owners],
        "units": units,
        "communities": [unit for unit in units if unit.kind in (Unit.Kind.COMMUNITY, Unit.Kind.STREET)],
    }
    failed = request.method == "POST" and confirmed
    return render(request, "columns/install.html", context, status=422 if failed else 200)


def _text_of(file: object) -> tuple[str, list[str]]:
    body = b"".join(file.chunks())[: LARGEST + 1]  # type: ignore[attr-defined]
    try:
        return body.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        return "", ["文件读不出来：应是 UTF-8 的 JSON。请选本系统导出的专栏包文件。"]
