"""The invisible layer of words over a redrawn page: signs without glyphs that a search still finds."""

from __future__ import annotations

import pikepdf

from gongkai.files.redactor.looking import Sign


def font_for(paper: pikepdf.Pdf) -> pikepdf.Object:
    """A font without glyphs whose codes are the signs themselves (UTF-16), so that every sign can be read back."""
    below = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.CIDFontType0,
        BaseFont=pikepdf.Name("/STSong-Light"),
        CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="GB1", Supplement=5),
        FontDescriptor=paper.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.FontDescriptor,
                FontName=pikepdf.Name("/STSong-Light"),
                Flags=6,
                FontBBox=[0, -250, 1000, 900],
                ItalicAngle=0,
                Ascent=880,
                Descent=-120,
                CapHeight=880,
                StemV=80,
            )
        ),
        DW=1000,
    )
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type0,
        BaseFont=pikepdf.Name("/STSong-Light"),
        Encoding=pikepdf.Name("/UniGB-UCS2-H"),
        DescendantFonts=[paper.make_indirect(below)],
        ToUnicode=paper.make_stream(_to_unicode()),
    )
    return paper.make_indirect(font)


def add_layer(signs: list[Sign], width: float, height: float) -> bytes:
    """The drawing orders for the signs, each at its own place and as wide as it was."""
    parts = [b"BT 3 Tr\n"]
    for sign in signs:
        code = sign.text.encode("utf-16-be", "ignore")
        if not sign.text.strip() or len(code) != 2:
            continue
        parts.append(_order(sign, width, height, code.hex()))
    parts.append(b"ET\n")
    return b"".join(parts)


def _order(sign: Sign, width: float, height: float, code: str) -> bytes:
    left, right = sign.left * width, sign.right * width
    low, high = height - sign.bottom * height, height - sign.top * height
    across, down = max(right - left, 0.1), max(high - low, 0.1)
    tall, wide = (across, down) if sign.turn % 2 else (down, across)
    matrix, x, y = (
        ("1 0 0 1", left, low + 0.2 * tall),
        ("0 1 -1 0", right - 0.2 * tall, low),
        ("-1 0 0 -1", right, high - 0.2 * tall),
        ("0 -1 1 0", left + 0.2 * tall, high),
    )[sign.turn]
    return f"/F0 {tall:.2f} Tf {100 * wide / tall:.1f} Tz {matrix} {x:.2f} {y:.2f} Tm <{code}> Tj\n".encode()


def _to_unicode() -> bytes:
    """Every code means itself; a range may not leave its high byte, so there is one for each."""
    ranges = [
        f"<{high:02x}00> <{high:02x}ff> <{high:02x}00>" for high in range(256) if not 0xD8 <= high <= 0xDF
    ]
    blocks = []
    for start in range(0, len(ranges), 100):
        some = ranges[start : start + 100]
        blocks.append(f"{len(some)} beginbfrange\n" + "\n".join(some) + "\nendbfrange")
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
        + "\n".join(blocks)
        + "\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode()
