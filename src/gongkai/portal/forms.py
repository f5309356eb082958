"""What readers type on public pages."""

from __future__ import annotations

from django import forms


class FindErrorsForm(forms.Form):
    """我为政府网站找错: where, what; a way to answer only if the reader wants one."""

    address = forms.CharField(label="哪个网页", max_length=300, required=False, help_text="网页的网址")
    problem = forms.CharField(
        label="哪里有错",
        max_length=2000,
        min_length=5,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="写出网页上的原话，我们改得更快",
        error_messages={"required": "请写明哪里有错。", "min_length": "请写得再具体一些，至少 5 个字。"},
    )
    contact = forms.CharField(label="联系方式", max_length=100, required=False, help_text="只用于答复您")
