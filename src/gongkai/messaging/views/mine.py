"""My messages and how I am reminded."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.messaging import actions, queries
from gongkai.messaging.forms import ChoiceForm
from gongkai.messaging.policies import READ
from gongkai.orgs.answers import refuse_in_form, tell_refusals
from gongkai.orgs.models import Person
from gongkai.orgs.wall import acts

PER_PAGE, LATELY = 20, 6


@acts(READ)
def index(request: HttpRequest) -> HttpResponse:
    """What was said to me, unread first to be found by one tab."""
    only = request.GET.get("show") == "unread"
    page = Paginator(queries.my_messages(request.actor, unread_only=only), PER_PAGE).get_page(
        request.GET.get("page")
    )
    unread = queries.unread_count(request.actor)
    return render(request, "messaging/list.html", {"page": page, "only": only, "unread": unread})


@acts(READ)
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """The title of a message: it is read, and its page is shown."""
    message = get_object_or_404(queries.my_messages(request.actor), pk=pk)
    actions.mark_read(by=request.actor, now=clock.now(), number=pk)
    return redirect(message.url or "messaging:list")


@acts(READ)
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """One message is read, or all of them."""
    asked = request.POST.get("number", "")
    if asked and not asked.isdigit():
        raise Http404
    done = actions.mark_read(by=request.actor, now=clock.now(), number=int(asked) if asked else None)
    messages.success(request, f"已把 {done} 条标为已读。")
    return redirect("messaging:list")


@acts(READ)
def reminders(request: HttpRequest) -> HttpResponse:
    """How I am reminded outside the workbench; POST changes one way."""
    me = get_object_or_404(Person, pk=request.actor.person_id)
    offered = queries.offered_to(me)
    asked = request.POST.get("channel", "")
    forms = []
    for channel in offered:
        number = str(channel.endpoint.pk if channel.endpoint else 0)
        form = ChoiceForm(request.POST if number == asked else None, channel=channel)
        forms.append((number, form))
        if number == asked and form.is_valid():
            try:
                actions.choose_channel(
                    by=request.actor, endpoint=channel.endpoint, now=clock.now(), **form.cleaned_data
                )
            except Refused as refused:
                refuse_in_form(form, refused)
            else:
                state = "会用" if form.cleaned_data["on"] else "不再用"
                messages.success(request, f"已保存：{state}{channel.name}提醒您。")
                return redirect("messaging:reminders")
    wrong = any(form.errors for _, form in forms)
    context = {
        "forms": forms,
        "rules": queries.sending_rules(),
        "lately": queries.my_deliveries(request.actor, limit=LATELY),
        "usable": [channel for channel in offered if channel.on],
    }
    return render(request, "messaging/reminders.html", context, status=422 if wrong else 200)


@acts(READ)
@require_POST
def try_mine(request: HttpRequest) -> HttpResponse:
    """A test by every way that I chose."""
    try:
        sent, leaves = actions.try_own_channels(by=request.actor, now=clock.now())
    except Refused as refused:
        tell_refusals(request, refused)
        return redirect("messaging:reminders")
    if not sent:
        messages.warning(request, "还没有选用任何提醒方式，没有发送。请先选用并保存。")
    elif leaves > clock.now():
        local = leaves.astimezone(clock.LEGAL_ZONE)
        messages.success(request, f"现在是免打扰时段，试发消息会在 {local:%m-%d %H:%M} 送出。")
    else:
        messages.success(request, f"试发消息已交给 {len(sent)} 个通道，一分钟内送出。结果看本页“最近送出”。")
    return redirect("messaging:reminders")
