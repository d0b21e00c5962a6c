"""Components of the screens: ``{% load components %}``, then ``{% c … %}``.

How to build a page
-------------------
A view makes one frozen dataclass per screen and renders a template that extends ``base_county.html`` (or
``base_province.html``, ``base_portal.html``, ``base_bare.html``). Whatever has structure (tables, time lines, numbers)
the view builds from ``huiyin.interfaces.components.*`` and puts on the screen; the template only places it.
Blocks: ``title``, ``content``, ``print``.

- ``{% c screen.table %}`` renders an object that the view built.
- ``{% c "stat" label="今日到期" value=3 href=screen.due_href %}`` builds it here.
- ``{% cb "panel" title="时间线" %}…{% endcb %}`` gives markup to a component that has a ``body``.
- ``{% form_tokens %}`` stands inside every hand-written form that posts: CSRF, and ``form_token``, equal for the same
  form sent twice. ``form`` and ``button_form`` bring their own.

A missing, unknown or wrong option raises ``ComponentError``; the class is the contract. A star marks what is required.

links
    icon(name*) · button(label* href* kind icon key new_tab download is_new) ·
    button_form(label* action* kind icon confirm hidden body) · page_header(title* lead number crumbs badge body) ·
    nav(groups* label) · tabs(label* items*) · chips(label* items*) · steps(label* items*) · key_hint(keys* words) ·
    pagination(page* pages* total* previous_href next_href first_href last_href unit label)
numbers
    stat(label*, value or part and whole, unit href missing_href note tone) · stat_strip(label* items*) ·
    promise_card(code* title* part* whole* sentence href missing_href lines) ·
    panel(title* lead href href_label flush body) ·
    chart_with_table(id* title* kind* categories* series* category_label category_notes unit note as_of)
tables
    data_table(caption* columns* rows* empty pagination phone caption_visible id) · empty_state(title* words action) ·
    filter_bar(action* search_name search_value search_label active reset_href result live_target body)
forms
    field(field* layout width hint) · choice_chips(field* hint) ·
    form(form* action* submit* id kind cancel_href confirm note body)
petitions
    timeline(label* entries*) · due_badge(due_on* today* label done_on provisional explanation) ·
    state_badge(label* tone note) · person_line(name* role phone identity address reveal_href unmasked) ·
    attachment_list(label* items* empty) · facts(items* columns) · code_box(label* value* note) ·
    print_header(office* title* printed_by* printed_at*)
notices
    alert(words* kind title href href_label) · refusal_box(words* code facts unchanged) ·
    message_list(label* items* empty)

Tones are ``plain info good warn bad``; button kinds ``primary secondary quiet danger``: one primary button per page.
Layout: ``<div class="hy-promises">`` around promise cards, ``<div class="hy-columns hy-columns-2">`` for a wide and
a narrow column, ``<div class="hy-fields">`` around fields with a ``width``, ``data-hy-print`` on a button that prints.
Keys: ``/`` search, ``n`` new, ``j`` ``k`` rows, Enter open, Ctrl+Enter submit, ``?`` help. ``/components`` shows all.
"""

import secrets
from typing import NoReturn

from django import template
from django.middleware.csrf import get_token
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from huiyin.interfaces.components import forms, links, notices, numbers, petitions, tables
from huiyin.interfaces.components.contract import Component, ComponentError, build, named

register = template.Library()

# Importing the modules enters their components in the register.
FAMILIES = (links, numbers, tables, forms, petitions, notices)
TOKEN_BYTES = 18


class ComponentNode(template.Node):
    """One use of a component in a template."""

    child_nodelists = ("nodelist",)

    def __init__(
        self, subject: FilterExpression, options: dict[str, FilterExpression], nodelist: NodeList | None
    ) -> None:
        """Keep what was written in the template."""
        self.subject = subject
        self.options = options
        self.nodelist = NodeList() if nodelist is None else nodelist
        self.wraps = nodelist is not None

    def render(self, context: Context) -> SafeString:
        """Return the component's markup."""
        component = self.resolved(context)
        engine = context.template.engine if context.template is not None else None
        if engine is None:
            raise ComponentError("a component is rendered inside a template only")
        inner = context.new({"o": component})
        if "csrf_token" in context:
            inner["csrf_token"] = context["csrf_token"]
        inner["request"] = context.get("request")
        return engine.get_template(component.template_name).render(inner)

    def resolved(self, context: Context) -> Component:
        """Return the component that the tag means, built or found."""
        subject = self.subject.resolve(context)
        options: dict[str, object] = {name: value.resolve(context) for name, value in self.options.items()}
        if isinstance(subject, Component):
            if options or self.wraps:
                raise ComponentError(f"{subject.component} was built by the view: the tag takes no further options")
            return subject
        if not isinstance(subject, str) or not subject:
            raise ComponentError(f"{self.subject.token} is no component: {subject!r}")
        if self.wraps:
            if not named(subject).takes_body:
                raise ComponentError(f"{subject} takes no body")
            options["body"] = self.nodelist.render(context)
        return build(subject, options)


def parsed(parser: Parser, token: Token, nodelist: NodeList | None) -> ComponentNode:
    """Return the node for one tag."""
    tag, *bits = token.split_contents()
    if not bits:
        refuse_tag(f"{tag} needs the name of a component or an object")
    subject, *rest = bits
    options = token_kwargs(rest, parser)
    if rest:
        refuse_tag(f"{tag} {subject}: options are written name=value, not {' '.join(rest)}")
    return ComponentNode(parser.compile_filter(subject), options, nodelist)


def refuse_tag(words: str) -> NoReturn:
    """Raise the template's own kind of error."""
    raise template.TemplateSyntaxError(words)


@register.tag("c")
def component(parser: Parser, token: Token) -> ComponentNode:
    """Parse ``{% c "name" option=value … %}`` and ``{% c object %}``."""
    return parsed(parser, token, None)


@register.tag("cb")
def component_with_body(parser: Parser, token: Token) -> ComponentNode:
    """Parse ``{% cb "name" option=value … %}…{% endcb %}``."""
    nodelist = parser.parse(("endcb",))
    parser.delete_first_token()
    return parsed(parser, token, nodelist)


@register.simple_tag(takes_context=True)
def form_tokens(context: Context) -> SafeString:
    """Return the hidden inputs every posting form carries: CSRF and the form's own token."""
    request = context.get("request")
    if request is None:
        raise ComponentError("a posting form is rendered with its request only")
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}"><input type="hidden" name="form_token" value="{}">',
        get_token(request),
        secrets.token_urlsafe(TOKEN_BYTES),
    )
