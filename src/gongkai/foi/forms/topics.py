"""What is typed about topics: which quarter, whether it becomes public, who follows it."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.foi.forms.after import words
from gongkai.foi.models import Topic
from gongkai.orgs.models import Person


class AcceptForm(forms.Form):
    """The information becomes public: under which name, why, who follows it."""

    title = forms.CharField(
        label="公开什么信息",
        max_length=120,
        error_messages={"required": "没有写公开什么信息。请用一句话写明。"},
        help_text="会成为公开内容的标题，不写申请人的姓名",
    )
    reason = words("理由", help_text="为什么可以公开、对谁有用（条例第四十四条第一款）")
    owner = forms.ModelChoiceField(
        label="责任人",
        queryset=Person.objects.none(),
        empty_label="请选",
        error_messages={"required": "没有选责任人。请选一位信息员。"},
        help_text="从决定之日起 20 个工作日内跟进到公开（条例第二十六条）",
    )

    def __init__(self, *args: Any, topic: Topic, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].initial = topic.title
        owner = self.fields["owner"]
        owner.queryset = Person.objects.filter(pk__in=[one.pk for one in people])
        owner.label_from_instance = lambda person: person.name


class DeclineForm(forms.Form):
    """The information stays as it is, and why."""

    reason = words("理由", help_text="例如：不属于可以公开的信息、只涉及个别人")
