"""The page of one row: its fields, its stages or links in order, its documents, what was corrected."""

from __future__ import annotations

from gongkai.portal import addresses
from gongkai.portal.context import Article, Banner, Column, Link, MetaField
from gongkai.portal.context.records import RecordPage, RecordStep
from gongkai.portal.pages.record_rows import address_of, is_long
from gongkai.portal.pages.scene import HOME, Scene
from gongkai.portal.tree import Output
from gongkai.records import queries
from gongkai.records.queries import Field, Mask, PageKind, PublicRow, RecordType
from gongkai.records.queries import Link as Leads

TITLES = {PageKind.STAGES: "项目进展", PageKind.CHAIN: "调查、追责和整改"}


def item_output(kind: RecordType, row: PublicRow, scene: Scene, record: str) -> Output:
    """The row at its own address."""
    return scene.draw(item_page(kind, row, scene), record=record)


def item_page(kind: RecordType, row: PublicRow, scene: Scene) -> RecordPage:
    """Everything that is public of a row."""
    home = address_of(kind)
    of_steps = {name for step in kind.steps for name in step.fields}
    plain = [field for field in kind.fields if field.name not in of_steps and field.mask is not Mask.HIDDEN]
    related = queries.successor_of(kind, row, today=scene.today)
    address = f"{home}{row.pk}/"
    title = row.title or kind.title
    published = row.published_at or row.changed_at
    faults = [step for step in row.steps if step.is_fault]
    return RecordPage(
        address=address,
        title=title,
        section=addresses.OPEN,
        crumbs=(HOME, Link("信息清单", "/records/"), Link(kind.title, home), Link(title)),
        column=Column(name=kind.title, type="信息公开目录", description=kind.description),
        article=Article(
            title=title, published_at=published, source=row.unit, description=kind.description,
            url=scene.site.url + address,
        ),
        banners=tuple(
            Banner("amb", f"{step.step.title}{step.words}", _why(step, row)) for step in faults
        ),
        fields=(
            *(_meta(field, row, related, home) for field in plain if not is_long(field) and not _is_document(field)),
            MetaField("公开单位", row.unit, url=f"/units/{row.unit_code}/"),
            MetaField("公开时间", published),
            *((MetaField("公示至", row.public_until),) if row.public_until else ()),
        ),
        texts=tuple(
            (field.label, row.values[field.name])
            for field in plain
            if is_long(field) and row.values.get(field.name)
        ),
        steps=tuple(_step(kind, step, row) for step in row.steps),
        steps_title=TITLES.get(kind.page, "阶段"),
        documents=tuple(_documents([field for field in plain if _is_document(field)], row)),
        related=tuple(
            Link(row.values[name], f"{home}{pk}/", note=kind.field(name).label) for name, pk in related.items()
        ),
        history=tuple(queries.changes_of(row.pk)) if row.version > 1 else (),
        list_url=home,
        list_title=kind.title,
        stale="这条信息超过核对周期，使用前请电话确认。" if row.stale else "",
    )  # fmt: skip


def _why(step: queries.StepStanding, row: PublicRow) -> str:
    if step.due:
        return f"　应于 {step.due} 前公开，请向{row.unit}了解。"
    return f"　后面的阶段已经公开，这一阶段还没有。由{row.unit}补充。"


def _meta(field: Field, row: PublicRow, related: dict[str, int], home: str) -> MetaField:
    text = row.values.get(field.name, "")
    url = f"{home}{related[field.name]}/" if field.name in related else ""
    return MetaField(field.label, text, url=url)


def _step(kind: RecordType, standing: queries.StepStanding, row: PublicRow) -> RecordStep:
    fields = [kind.field(name) for name in standing.step.fields if name != standing.step.done]
    texts = [
        (field.label, row.values[field.name])
        for field in fields
        if not _is_document(field) and row.values.get(field.name)
    ]
    return RecordStep(
        title=standing.step.title,
        light=standing.light,
        words=standing.words,
        on=standing.on,
        due=standing.due if standing.state != "done" else None,
        texts=tuple(texts),
        documents=tuple(_documents([field for field in fields if _is_document(field)], row)),
    )  # fmt: skip


def _documents(fields: list[Field], row: PublicRow) -> list[Link]:
    return [
        Link(row.documents[path], path, note=field.label)
        for field in fields
        if (path := row.values.get(field.name, "")) in row.documents
    ]


def _is_document(field: Field) -> bool:
    return field.link is Leads.DOCUMENT
