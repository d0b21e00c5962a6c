"""关联: which laws tags and classes lead to, as shipped and as the office set them."""

from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.accounts.roles import OFFICE_ROLES, Role
from huiyin.county.office.actions import statute_links as actions
from huiyin.county.office.actions.statute_links import LinkEntry
from huiyin.county.office.models import Tag
from huiyin.county.office.rules import may_link_statutes
from huiyin.county.office.statute_models import StatuteLink
from huiyin.county.registry.queries.classes import all_classes
from huiyin.interfaces.components.links import Button, ButtonForm, Crumb
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.platform.statutes.national import national_list
from huiyin.platform.statutes.queries import short_names, statute_titles
from huiyin.platform.statutes.references import ArticleNumber

from .access import needs, staff_of
from .office_form import OfficeForm, answered

KEEPERS = frozenset({Role.CLERK, Role.HEAD, Role.ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class StatuteLinksScreen:
    """The links of the office and those that ship with the product."""

    crumbs: tuple[Crumb, ...]
    new: Button | None
    own: DataTable
    shipped: DataTable


class LinkForm(forms.Form):
    """关联."""

    tag = forms.ChoiceField(label="标签", required=False, help_text="标签和内容分类只选其一")
    category = forms.ChoiceField(label="内容分类", required=False, help_text="选上级分类的，其下各级都算")
    statute = forms.ChoiceField(label="法律")
    article = forms.CharField(label="条款", max_length=40, required=False, help_text="例如：第四十九条、第五十五条")
    note = forms.CharField(label="说明", max_length=200, required=False)

    def __init__(self, *args: object) -> None:
        """Offer the tags in use, the classes and the laws."""
        super().__init__(*args)  # type: ignore[arg-type]  # Django's own loose signature
        tags = Tag.objects.filter(is_active=True).order_by("name").values_list("code", "name")
        choices = {
            "tag": [("", "不选"), *tags],
            "category": [("", "不选"), *((one.code, one.path) for one in all_classes())],
            "statute": [("", "请选择"), *statute_titles().items()],
        }
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = offered

    def entry(self) -> LinkEntry:
        """Return what was filled in, as the act takes it."""
        values = self.cleaned_data
        return LinkEntry(values["statute"], values["tag"], values["category"], values["article"], values["note"])


@needs(OFFICE_ROLES)
@require_safe
def statute_links(request: HttpRequest) -> HttpResponse:
    """关联: the office's own, then the shipped ones."""
    may_link = may_link_statutes(staff_of(request))
    new = Button(label="关联", href=reverse("statute_link_new"), kind="primary", icon="plus") if may_link else None
    screen = StatuteLinksScreen(
        crumbs=(Crumb(label="法律库", href=reverse("statutes")),),
        new=new,
        own=_own(may_link=may_link),
        shipped=_shipped(),
    )
    return render(request, "statute_links.html", {"screen": screen})


def _own(*, may_link: bool) -> DataTable:
    titles, paths = short_names(), {one.code: one.path for one in all_classes()}
    links = StatuteLink.objects.standing().select_related("tag", "linked_by").order_by("pk")
    rows = [_own_row(link, titles, paths, may_link=may_link) for link in links]
    seeded = Tag.objects.filter(is_active=True).exclude(statute_code="").order_by("name")
    rows += [
        Row(
            cells=(
                Cell(text=f"标签：{tag.name}"),
                Cell(text=titles.get(tag.statute_code, tag.statute_code)),
                Cell(text=""),
                Cell(text="开通时设定"),
                Cell(text=""),
            )
        )
        for tag in seeded
    ]
    return DataTable(
        caption="本办的关联",
        columns=(
            Column(label="标签或分类"),
            Column(label="法律"),
            Column(label="条款"),
            Column(label="关联人", width="fit"),
            Column(label="操作", width="fit"),
        ),
        rows=tuple(rows),
        empty=EmptyState(title="本办还没有设关联", words="归类时按产品自带的关联和条文检索给出建议。"),
    )


def _own_row(link: StatuteLink, titles: dict[str, str], paths: dict[str, str], *, may_link: bool) -> Row:
    start = f"标签：{link.tag.name}" if link.tag else f"分类：{paths.get(link.category_code, link.category_code)}"
    title = titles.get(link.statute_code, link.statute_code)
    undo = ButtonForm(
        label="解除",
        kind="quiet",
        action=reverse("statute_unlink", args=[link.pk]),
        confirm=f"解除后，归类时不再因“{start}”建议《{title}》；已归类的不变。确定解除吗？",
    )
    return Row(
        cells=(
            Cell(text=start, sub=link.note),
            Cell(text=title, href=reverse("statute", args=[link.statute_code])),
            Cell(text=link.article),
            Cell(text=link.linked_by.name),
            Cell(component=undo) if may_link else Cell(),
        )
    )


def _shipped() -> DataTable:
    titles, paths = short_names(), {one.code: one.path for one in all_classes()}
    return DataTable(
        caption="产品自带的关联",
        columns=(Column(label="内容分类"), Column(label="法律"), Column(label="条款")),
        rows=tuple(
            Row(
                cells=(
                    Cell(text=paths.get(link.category, link.category)),
                    Cell(text=titles.get(link.statute, link.statute), href=reverse("statute", args=[link.statute])),
                    Cell(text="、".join(ArticleNumber(number).label for number in link.articles)),
                )
            )
            for link in national_list().links
        ),
    )


@needs(KEEPERS)
@require_http_methods(["GET", "POST"])
def statute_link_new(request: HttpRequest) -> HttpResponse:
    """关联法律."""
    by, at, form = staff_of(request), timezone.now(), LinkForm(request.POST or None)
    home = reverse("statute_links")
    words = OfficeForm(
        title="关联法律",
        submit="关联",
        back_href=home,
        crumbs=(Crumb(label="法律库", href=reverse("statutes")), Crumb(label="关联", href=home)),
        lead="归类时，有这个标签或属于这个分类的，建议这部法律；是否采用由归类的人决定。",
    )

    def act() -> int:
        return actions.link(entry=form.entry(), by=by, at=at).pk

    sent = form.cleaned_data if form.is_bound and form.is_valid() else {}
    return answered(request, form, words, act=act, sent=sent)


@needs(KEEPERS)
@require_POST
def statute_unlink(request: HttpRequest, statute_link_id: int) -> HttpResponse:
    """解除关联."""
    actions.unlink(link_id=statute_link_id, by=staff_of(request), at=timezone.now())
    return redirect("statute_links")
