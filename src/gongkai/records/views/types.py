"""The types, a schema file that becomes one, and who looked up how much."""

from __future__ import annotations

from importlib import resources

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs.answers import refuse_in_form, tell_refusals
from gongkai.orgs.wall import acts, can
from gongkai.records import actions, queries
from gongkai.records.forms import TypeFileForm
from gongkai.records.models import DeclaredType

MOST_BYTES = 200_000


@acts("records.view")
def index(request: HttpRequest) -> HttpResponse:
    """Every type with what my units have of it."""
    context = {
        "lines": queries.type_lines(request.actor),
        "office": can(request.actor, "records.types"),
        "retired": DeclaredType.objects.filter(active=False),
    }
    return render(request, "records/types.html", context)


@acts("records.types")
def declare(request: HttpRequest) -> HttpResponse:
    """A schema file comes in; a new type needs no program."""
    form = TypeFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            text = b"".join(upload.chunks())[: MOST_BYTES + 1].decode("utf-8-sig")
            if len(text) > MOST_BYTES:
                raise UnicodeError
            row = actions.declare(text=text, by=request.actor, now=clock.now())
            messages.success(request, f"类型“{row.code}”可以用了。")
            return redirect("records:rows", code=row.code)
        except UnicodeError:
            form.add_error("file", "这个文件读不出来。请用 UTF-8 编码、不超过 200 KB 的 JSON 文件。")
        except Refused as refused:
            refuse_in_form(form, refused)
    context = {"form": form, "samples": queries.shipped().values()}
    return render(request, "records/declare.html", context, status=422 if form.errors else 200)


@acts("records.view")
def schema(request: HttpRequest, code: str) -> HttpResponse:
    """The file of a type that came with the program, as a sample for one's own."""
    if code not in queries.shipped():
        raise Http404
    text = (resources.files("gongkai.records") / "facts" / "types" / f"{code}.json").read_bytes()
    answer = HttpResponse(text, content_type="application/json")
    answer["Content-Disposition"] = content_disposition_header(True, f"{code}.json") or "attachment"
    return answer


@acts("records.types")
@require_POST
def retire(request: HttpRequest, code: str) -> HttpResponse:
    """Take a type out of use, or back."""
    active = request.POST.get("active") == "1"
    try:
        actions.retire(code=code, active=active, by=request.actor, now=clock.now())
        messages.success(request, "已恢复使用。" if active else "已停用，原有的行不变。")
    except Refused as refused:
        tell_refusals(request, refused)
    return redirect("records:types")


@acts("records.types")
def lookups(request: HttpRequest) -> HttpResponse:
    """Look-ups of lists of persons by hour; who was stopped."""
    titles = {code: kind.title for code, kind in queries.kinds(retired=True).items()}
    uses = [{**one, "title": titles.get(one["code"], one["code"])} for one in queries.uses()]
    return render(request, "records/lookups.html", {"uses": uses})
