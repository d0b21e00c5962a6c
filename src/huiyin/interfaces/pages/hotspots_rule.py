"""热点标准: what counts as a hotspot, set by the head; and what the words and numbers of the page mean."""

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from huiyin.accounts.roles import Role
from huiyin.county.analysis import actions, hotspots
from huiyin.interfaces.components.links import Crumb
from huiyin.interfaces.components.petitions import Fact, Facts

from .access import needs, staff_of
from .hotspot_forms import HotspotRuleForm
from .office_form import OfficeForm, answered

MEANINGS = Facts(
    columns=1,
    items=(
        Fact(
            label="信访事项", value="同人同事为一个信访事项：一人来信二十件，是一个事项。一个事项在每一项里只算一次。"
        ),
        Fact(label="人数", value="每个事项取来访人数、联名人数中最多的一次，各事项相加。"),
        Fact(
            label="偶然的可能",
            value="假定没有真实变化，两期事项数相差这样多、或者更多的机会；按两期天数用条件二项分布精确计算，两侧合计。",
        ),
        Fact(label="上年的几倍", value="真实水平是上年的几倍，95%的精确区间；区间里包含1倍的，不能排除偶然。"),
        Fact(
            label="明显上升、明显下降",
            value="各项放在一起判断（霍尔姆法），全部判断中误报哪怕一项的机会不超过5%。没有一项达到时照实说明。",
        ),
        Fact(
            label="数量太少，无法判断",
            value="两期合计太少，哪怕全部集中在一期，机会也超过5%；两期天数相同的，合计不足6个。",
        ),
        Fact(label="检举控告件", value="只计入件数，不列编号，不能打开。"),
    ),
)


@needs((Role.HEAD,))
@require_http_methods(["GET", "POST"])
def hotspot_rule(request: HttpRequest) -> HttpResponse:
    """调整热点标准: the thresholds that hold from now on."""
    by, at = staff_of(request), timezone.now()
    standing = hotspots.standing_rule(at=at)
    form = HotspotRuleForm(request.POST or None, initial=asdict(standing))

    def act() -> int:
        return actions.set_hotspot_rule(rule=form.rule(), reason=form.cleaned_data["reason"], by=by, at=at).pk

    home = reverse("hotspots")
    words = OfficeForm(
        title="调整热点标准",
        submit="保存",
        back_href=home,
        crumbs=(Crumb(label="热点", href=home),),
        lead=f"现行：{standing.words}。",
        note="以后的热点按新标准列出；已经提出的议题建议不变。",
    )
    sent = form.cleaned_data if form.is_bound and form.is_valid() else {}
    return answered(request, form, words, act=act, sent=sent)
