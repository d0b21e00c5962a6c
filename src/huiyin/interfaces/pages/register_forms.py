"""The form of 登记: who, what, where; representatives, joint signers and claims one to a line."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict

from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.county.registry.blind_index import Known
from huiyin.county.registry.models import Petition
from huiyin.county.registry.queries.similar import Typed
from huiyin.county.registry.receipt_models import Receipt
from huiyin.county.registry.rules import SUMMARY_LIMIT, Registration, RepresentativeEntry
from huiyin.county.registry.states import Channel, Confidentiality, Elsewhere, PetitionerKind, Relation
from huiyin.county.registry.web_models import WebSubmission
from huiyin.kernel.refusal import Refusal

from .receipt_forms import SCAN_HELP, lines_of

NUMBER_LENGTH = 60


class RegistrationForm(forms.Form):
    """登记."""

    petitioner_kind = forms.ChoiceField(
        label="信访人", choices=PetitionerKind.choices(), initial=PetitionerKind.NAMED.value, widget=forms.RadioSelect
    )
    name = forms.CharField(label="姓名", max_length=60, required=False)
    phone = forms.CharField(label="电话", max_length=30, required=False)
    identity_number = forms.CharField(label="证件号码", max_length=24, required=False)
    address = forms.CharField(label="住址", max_length=200, required=False)
    place = forms.CharField(label="问题属地", max_length=80, required=False, help_text="乡镇、村，例如：柳溪镇上湾村")
    head_count = forms.IntegerField(label="人数", min_value=1, max_value=9999, initial=1)
    signer_count = forms.IntegerField(label="联名人数", min_value=0, max_value=99999, initial=0, required=False)
    summary = forms.CharField(
        label="概况",
        max_length=SUMMARY_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="一句话说清：谁、何处、何事、要什么",
    )
    claims = forms.CharField(
        label="诉求点",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="每行一项，承办单位须逐项答复；留空则以概况为一项",
    )
    representatives = forms.CharField(
        label="来访代表",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="每行一人：姓名 电话；集体来访推选代表不超过5人",
    )
    signers = forms.CharField(
        label="联名人姓名",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="每行一人，可不填；填了，其中任何人再来都能认出是重复",
    )
    content = forms.CharField(label="正文摘录", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    relation = forms.ChoiceField(
        label="与前件的关系",
        choices=Relation.choices(),
        initial=Relation.NEW.value,
        required=False,
        widget=forms.RadioSelect,
    )
    earlier = forms.CharField(
        label="原信访件编号",
        max_length=NUMBER_LENGTH,
        required=False,
        help_text="重复件或同一事项必填；可从“相似信访件”中选取",
    )
    confidentiality = forms.ChoiceField(
        label="保密", choices=Confidentiality.choices()[:2], initial=Confidentiality.ORDINARY.value
    )
    scan = forms.FileField(label="原件扫描", required=False, help_text=SCAN_HELP)

    def __init__(self, *args: Any, by: Staff, receipt: Receipt, **options: Any) -> None:
        """Show the fields that fit the channel and the person."""
        super().__init__(*args, **options)
        channel = Channel(receipt.channel)
        if channel is Channel.WALK_IN:
            del self.fields["signer_count"]
            del self.fields["signers"]
        else:
            del self.fields["representatives"]
            del self.fields["head_count"]
        if Role.RESTRICTED not in by.role_set:
            del self.fields["confidentiality"]
        labels = {Channel.LETTER: "来信原件扫描", Channel.WALK_IN: "签名的接谈笔录扫描"}
        self.fields["scan"].label = labels.get(channel, "附件")
        self.fields["name"].widget.attrs["autofocus"] = True

    def registration(self, *, by: Staff, is_split: bool = False) -> Registration:
        """Return what was filled in, as the rules take it; refuse an earlier number that nobody has."""
        values = self.cleaned_data
        signers = lines_of(values.get("signers", ""))
        return Registration(
            summary=values["summary"],
            petitioner_kind=PetitionerKind(values["petitioner_kind"]),
            name=values["name"],
            identity_number=values["identity_number"],
            phone=values["phone"],
            address=values["address"],
            content=values["content"],
            place=values["place"],
            head_count=values.get("head_count") or 1,
            signer_count=max(values.get("signer_count") or 0, len(signers)),
            representatives=tuple(representatives_of(values.get("representatives", ""))),
            claims=lines_of(values["claims"]),
            signers=signers,
            relation=Relation(values["relation"] or Relation.NEW.value),
            earlier_id=earlier_id_of(values["earlier"], by=by),
            is_split=is_split,
            confidentiality=Confidentiality(values.get("confidentiality") or Confidentiality.ORDINARY.value),
        )


def representatives_of(text: str) -> list[RepresentativeEntry]:
    """Return the representatives of a text area: a name and a phone to a line."""
    people = []
    for line in lines_of(text):
        name, _, phone = line.partition(" ")
        people.append(RepresentativeEntry(name=name, phone=phone.strip()))
    return people


def earlier_id_of(number: str, *, by: Staff) -> int | None:
    """Return the petition with this number; refuse one that there is not, or that this person may not see."""
    if not number.strip():
        return None
    found = Petition.objects.visible_to(by).filter(number=number.strip()).values_list("pk", flat=True).first()
    if found is None:
        raise Refusal("petition.repeated_unknown", f"没有编号为{number.strip()}的信访件")
    return found


def typed_of(sent: QueryDict) -> Typed:
    """Return what the clerk has typed so far, whole or not, as similar petitions are looked for."""
    main = Known(sent.get("name", ""), sent.get("phone", ""), sent.get("identity_number", ""))
    others: Iterable[Known] = (
        *(Known(one.name, one.phone) for one in representatives_of(sent.get("representatives", ""))),
        *(Known(name) for name in lines_of(sent.get("signers", ""))),
    )
    kinds = {kind.value: kind for kind in PetitionerKind}
    return Typed(
        people=(main, *others),
        place=sent.get("place", ""),
        summary=sent.get("summary", ""),
        accused=lines_of(sent.get("accused", "")),
        kind=kinds.get(sent.get("petitioner_kind", ""), PetitionerKind.NAMED),
    )


def web_initial(receipt: Receipt) -> dict[str, object]:
    """Return what a petitioner filled in on the page, as the registration starts with it; nothing of other receipts."""
    if receipt.taken_by_id is not None:
        return {}
    sent = WebSubmission.objects.filter(receipt=receipt, emptied_at=None).first()
    if sent is None:
        return {}
    elsewhere = Elsewhere(sent.elsewhere)
    been = "" if elsewhere is Elsewhere.NONE else f"\n【此前】{elsewhere.label}：{sent.elsewhere_words}"
    return {
        "petitioner_kind": (PetitionerKind.NAMED if sent.name else PetitionerKind.ANONYMOUS).value,
        "name": sent.name,
        "phone": sent.phone,
        "identity_number": sent.identity_number,
        "address": sent.address,
        "place": sent.place,
        "summary": sent.summary,
        "content": f"{sent.content}{been}",
        "claims": "\n".join(sent.claims),
        "confidentiality": (Confidentiality.SEALED if receipt.is_sealed else Confidentiality.ORDINARY).value,
    }


def initial_of(receipt: Receipt, first: Petition | None) -> dict[str, object]:
    """Return what a registration starts with: the receipt's own words, and of a split letter the same person."""
    told: dict[str, object] = {
        "name": receipt.sender,
        "phone": receipt.caller_phone,
        "head_count": receipt.head_count,
        "representatives": "\n".join(receipt.representatives),
    }
    if first is None:
        return told | web_initial(receipt)
    person = first.petitioner
    return told | {
        "petitioner_kind": person.kind,
        "name": person.name,
        "phone": person.phone,
        "identity_number": person.identity_number,
        "address": person.address,
        "place": first.place,
        "head_count": first.head_count,
        "signer_count": first.signer_count,
    }
