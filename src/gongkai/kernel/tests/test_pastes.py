"""What people paste from Word, WPS, pages and messengers comes out as plain official text, every word kept."""

from __future__ import annotations

import re

import pytest

from gongkai.kernel.html import clean, plain

WORD = (
    "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->"
    "<style>@page WordSection1{size:595pt 842pt}p.MsoNormal{margin:0}</style>"
    '<div class="WordSection1"><p class="MsoNormal" style="text-indent:32.0pt;mso-char-indent-count:2.0">'
    '<span lang="EN-US" style="font-size:16.0pt;font-family:仿宋_GB2312">一、<o:p></o:p></span>总体要求。</p>'
    '<p class="MsoListParagraph"><![if !supportLists]><span style="mso-list:Ignore">1.<span>&nbsp;&nbsp;</span></span>'
    "<![endif]>第一项</p></div>"
)
WPS = (
    '<!--StartFragment --><p class="16" style="mso-pagination:widow-orphan"><font face="仿宋" color="#000000">一、</font>'
    '<span style="mso-spacerun:yes">总体要求。</span></p><table class="MsoTableGrid" border="1" width="600"><tr style="height:20pt">'
    '<td width="90" colspan="2" style="border:1px solid">第一项</td></tr></table><!--EndFragment-->'
)
PAGE = (
    '<article id="UCAP-CONTENT" onclick="track()"><h1>标题</h1><script>var a="坏";</script><p style="color:red" data-x="1">一、总体要求。'
    '<img src="https://tracker.example/1.gif"><a href="javascript:alert(1)" onmouseover="x()">第一项</a></p>'
    '<iframe src="https://ads.example"></iframe><svg onload="x()"></svg></article>'
)
WECHAT = (
    '<section data-tools="135编辑器" style="box-sizing:border-box"><section style="transform:rotateZ(0deg)"><p style="line-height:2em">'
    '<span leaf="">一、总体要求。</span></p><mp-common-profile data-pluginname="x"></mp-common-profile><section><span>第一项</span></section>'
    "</section></section>"
)
DING = '<meta charset="utf-8"><div data-type="text" class="ding-msg"><b style="font-weight:normal" id="docs-internal-guid-1">一、总体要求。</b><br/><u>第一项</u></div>'
SHEET = (
    '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style>td{mso-style-parent:style0}</style></head><body><table '
    'x:str><col width="72"><tr height="19"><td class="xl65" x:num="1">一、总体要求。</td><td>第一项</td></tr></table></body></html>'
)
PASTES = {"word": WORD, "wps": WPS, "page": PAGE, "wechat": WECHAT, "dingtalk": DING, "excel": SHEET}
RUBBISH = re.compile(
    r"style=|mso|MsoNormal|<font|<span [^>]*(lang|leaf|data)|o:p|xml|<!|script|on\w+=|javascript|<img|iframe|data-|x:|坏|@page",
    re.IGNORECASE,
)


@pytest.mark.feature("B01")
@pytest.mark.parametrize("name", PASTES)
def test_a_paste_comes_out_clean_and_whole(name: str) -> None:
    done = clean(PASTES[name])
    assert RUBBISH.search(done) is None, done
    assert "一、" in plain(done) and "总体要求。" in plain(done) and "第一项" in plain(done)
    assert clean(done) == done  # cleaning again changes nothing


def test_tables_keep_their_spans() -> None:
    assert '<td colspan="2">第一项</td>' in clean(WPS)
