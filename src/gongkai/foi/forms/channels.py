"""What a unit says about its ways in."""

from __future__ import annotations

from django import forms

from gongkai.foi.models import Case, UnitChannels


class ChannelsForm(forms.ModelForm):
    """The open channels and where they lead; empty fields follow the register of units."""

    channels = forms.MultipleChoiceField(
        label="开通的渠道",
        choices=Case.Channel.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="当面、来信、口头必须开通；网上、传真、电子邮件由单位决定。条例第二十九条、第三十一条",
    )

    class Meta:
        model = UnitChannels
        fields = [
            "channels", "office", "place", "hours", "phone", "fax", "email", "postal_address", "postcode", "note",
        ]  # fmt: skip
        help_texts = {
            "office": "不填用单位全称",
            "place": "不填用单位办公地址，写到门牌号和房间号",
            "hours": "不填用单位办公时间",
            "phone": "不填用单位电话",
            "postal_address": "不填用单位办公地址",
            "note": "例如：信封请注明“政府信息公开申请”",
        }
