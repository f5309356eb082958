"""Single steps on a document: openness, attachments, justification, interpretation, submit, take back."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from gongkai.documents import actions
from gongkai.documents.forms import AttachForm, JustifyForm, OpennessForm
from gongkai.documents.models import Attachment, Document
from gongkai.documents.views.drafting import back
from gongkai.files import storage
from gongkai.files.actions import take_in_upload
from gongkai.files.models import StoredFile
from gongkai.files.queries import public_of
from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs.answers import tell_form_errors
from gongkai.orgs.wall import acts, visible

OF_DOCUMENT = {"pk": Document}


@acts("documents.write", objects=OF_DOCUMENT)
@require_POST
def set_openness(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the determination of openness."""
    document = get_object_or_404(visible(Document, request.actor, "documents.write"), pk=pk)
    form = OpennessForm(request.POST)
    if not form.is_valid():
        tell_form_errors(request, form)
        return back(request, pk)
    try:
        actions.determine(document=document, by=request.actor, now=clock.now(), **form.cleaned_data)
    except Refused as refused:
        return back(request, pk, refused)
    return back(request, pk, done=f"已认定为{form.cleaned_data['openness']}。")


@acts("documents.write", objects=OF_DOCUMENT)
@require_POST
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Upload an attachment."""
    document = get_object_or_404(visible(Document, request.actor, "documents.write"), pk=pk)
    form = AttachForm(request.POST, request.FILES, document=document)
    if not form.is_valid():
        tell_form_errors(request, form)
        return back(request, pk)
    try:
        file = take_in_upload(
            upload=form.cleaned_data["file"], unit=document.unit, by=request.actor, now=clock.now()
        )
        actions.attach(
            document=document,
            by=request.actor,
            now=clock.now(),
            file=file,
            title=form.cleaned_data["title"],
            replaces=form.cleaned_data.get("replaces"),
        )
    except Refused as refused:
        return back(request, pk, refused)
    return back(request, pk, done="已添加附件。")


@acts("documents.write", objects={"pk": Document})
@require_POST
def detach(request: HttpRequest, pk: int, attachment: int) -> HttpResponse:
    """Take an attachment off."""
    document = get_object_or_404(visible(Document, request.actor, "documents.write"), pk=pk)
    row = get_object_or_404(Attachment.objects.filter(document=document), pk=attachment)
    try:
        actions.detach(attachment=row, by=request.actor, now=clock.now())
    except Refused as refused:
        return back(request, pk, refused)
    return back(request, pk, done=f"已移除附件“{row.title}”。")


@acts("documents.justify", objects=OF_DOCUMENT)
@require_POST
def justify(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a reason for going on although a rule objects."""
    document = get_object_or_404(visible(Document, request.actor, "documents.justify"), pk=pk)
    form = JustifyForm(request.POST)
    if not form.is_valid():
        tell_form_errors(request, form)
        return back(request, pk)
    try:
        actions.justify(document=document, by=request.actor, now=clock.now(), **form.cleaned_data)
    except Refused as refused:
        return back(request, pk, refused)
    return back(request, pk, done="已记录情况说明，审核人会看到。")


@acts("documents.write", objects=OF_DOCUMENT)
@require_POST
def link_interpretation(request: HttpRequest, pk: int) -> HttpResponse:
    """Join a document with the one that interprets it."""
    mine = visible(Document, request.actor, "documents.write")
    document = get_object_or_404(mine, pk=pk)
    chosen = request.POST.get("interpretation", "")
    if not chosen:
        messages.error(request, "没有选择解读。请在列表里选一份本单位的解读材料，再点关联。")
        return back(request, pk)
    other = get_object_or_404(mine, pk=int(chosen) if chosen.isdigit() else 0)
    try:
        actions.link_interpretation(
            document=document, interpretation=other, by=request.actor, now=clock.now()
        )
    except Refused as refused:
        return back(request, pk, refused)
    return back(request, pk, done=f"已关联解读“{other.title}”。")


@acts("documents.submit", objects=OF_DOCUMENT)
@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the document to its reviewers."""
    document = get_object_or_404(visible(Document, request.actor, "documents.submit"), pk=pk)
    try:
        actions.submit(document=document, by=request.actor, now=clock.now())
    except Refused as refused:
        return back(request, pk, refused)
    return back(request, pk, done="已送审。审核人的待办里已经有这份公文。")


@acts("documents.submit", objects=OF_DOCUMENT)
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the document back from its reviewers."""
    document = get_object_or_404(visible(Document, request.actor, "documents.submit"), pk=pk)
    try:
        actions.take_back(document=document, by=request.actor, now=clock.now())
    except Refused as refused:
        return back(request, pk, refused)
    return back(request, pk, done="已撤回送审，可以修改了。")


@acts("documents.view", objects=OF_DOCUMENT)
def original(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file from which the document was made, for those who may see the document."""
    document = get_object_or_404(
        visible(Document, request.actor).select_related("source_file"), pk=pk, source_file__isnull=False
    )
    return _download(request, pk, document.source_file)


@acts("documents.view", objects={"pk": Document})
def attachment(request: HttpRequest, pk: int, attachment: int) -> HttpResponseBase:
    """One attachment, for those who may see the document; with ``public`` as the public gets it."""
    document = get_object_or_404(visible(Document, request.actor), pk=pk)
    row = get_object_or_404(
        Attachment.objects.filter(document=document).select_related("file__public"), pk=attachment
    )
    return _download(request, pk, public_of(row.file) if "public" in request.GET else row.file)


def _download(request: HttpRequest, pk: int, file: StoredFile) -> HttpResponseBase:
    try:
        content = storage.open_stored(file)
    except FileNotFoundError:
        messages.error(request, f"“{file.name}”不在文件库里，可能没有随备份恢复。请把文件名告诉系统管理员。")
        return back(request, pk)
    answer = FileResponse(content, as_attachment=True, filename=file.name)
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
