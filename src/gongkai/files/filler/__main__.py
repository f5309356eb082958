"""Entry of the child: shut in, read the template, say its blanks or fill them.

Standard input is one JSON object (verb, path, values); the answer is one JSON line and, after a fill, the
bytes of the paper. A template may hold blanks, lists and conditions, nothing that computes.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from gongkai.files import guard
from gongkai.files.problems import Unreadable
from gongkai.files.reader import limits

# What a clerk may write between the braces: a blank, a list, a condition.
ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.For, nodes.If,
    nodes.Not, nodes.And, nodes.Or, nodes.Const,
)  # fmt: skip
DEEPEST = 2


class NotPlain(Exception):  # noqa: N818 -- a fault of the template, told to the clerk
    """The template asks for more than blanks, lists and conditions."""


def main() -> None:
    asked = json.loads(sys.stdin.buffer.read())
    limits.shut_in()
    answer, body = answered(asked)
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode() + b"\n" + body)


def answered(asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """What the child says to one question. Outside the child, only tests of our own templates ask here."""
    answer: dict[str, Any] = {"ok": True}
    body = b""
    try:
        guard.check_container(Path(asked["path"]))
        template = DocxTemplate(asked["path"])
        if asked["verb"] == "blanks":
            answer["names"] = sorted(blanks(template))
        else:
            blanks(template)
            template = DocxTemplate(asked["path"])
            out = io.BytesIO()
            template.render(asked["values"], environment(), autoescape=True)
            template.save(out)
            body = out.getvalue()
    except TemplateSyntaxError as problem:
        answer = {"ok": False, "code": "syntax", "detail": str(problem.message or "")[:200]}
    except NotPlain as problem:
        answer = {"ok": False, "code": "not_plain", "detail": str(problem)[:200]}
    except Unreadable as problem:
        answer = {"ok": False, "code": problem.code, "detail": ""}
    except Exception as problem:  # noqa: BLE001 -- a parser may fail in any way; the clerk gets one sentence
        answer = {"ok": False, "code": "broken", "detail": type(problem).__name__}
    return answer, body


def environment() -> ImmutableSandboxedEnvironment:
    """No globals, no filters: a template can only show what it is given."""
    made = ImmutableSandboxedEnvironment(autoescape=True)
    made.globals.clear()
    made.filters.clear()
    made.tests.clear()
    return made


def blanks(template: DocxTemplate) -> set[str]:
    """The names that the text, its heads and feet ask for; lists give the names of their fields (表扬.单位)."""
    template.init_docx(reload=False)
    sources = [template.patch_xml(template.get_xml())]
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        parts = template.get_headers_footers(uri)
        sources += [template.patch_xml(template.get_part_xml(part)) for _, part in parts]
    found: set[str] = set()
    for source in sources:
        found.update(_names(environment().parse(source), {}, 0))
    return found


def _names(node: nodes.Node, aliases: dict[str, str], depth: int) -> Iterator[str]:
    if not isinstance(node, ALLOWED):
        raise NotPlain(type(node).__name__)
    if isinstance(node, nodes.Name):
        yield aliases.get(node.name, node.name)
    elif isinstance(node, nodes.Getattr):
        if not isinstance(node.node, nodes.Name):
            raise NotPlain(node.attr)
        yield f"{aliases.get(node.node.name, node.node.name)}.{node.attr}"
    elif isinstance(node, nodes.For):
        if (
            not isinstance(node.iter, nodes.Name)
            or not isinstance(node.target, nodes.Name)
            or depth >= DEEPEST
        ):
            raise NotPlain("for")
        yield node.iter.name
        inner = {**aliases, node.target.name: node.iter.name}
        for child in (*node.body, *node.else_):
            yield from _names(child, inner, depth + 1)
    else:
        for child in node.iter_child_nodes():
            yield from _names(child, aliases, depth)


if __name__ == "__main__":
    main()
