"""The rows around a new petition, and what is computed of it: petitioner, matter, signers, claims, search text."""

import hashlib
import json
from datetime import datetime

from huiyin.county.registry import holding, rules
from huiyin.county.registry.blind_index import Known
from huiyin.county.registry.intake_models import JointSigner
from huiyin.county.registry.models import Claim, Matter, Petition, Petitioner, Representative, RuleSetSnapshot
from huiyin.kernel.identity import read_phone
from huiyin.kernel.rulesets import RuleSet
from huiyin.kernel.text import normalise


def new_matter(registration: rules.Registration, *, at: datetime) -> Matter:
    """Return a matter of its own, named after what is registered."""
    return Matter.objects.create(title=registration.summary.strip()[:200], opened_at=at)


def people_of(registration: rules.Registration) -> list[Known]:
    """Return everybody whose return makes a repeat: petitioner, representatives and joint signers (DOMAIN §4)."""
    return [
        Known(registration.name, registration.phone, registration.identity_number),
        *(Known(person.name, person.phone) for person in registration.representatives),
        *(Known(name) for name in registration.signers),
    ]


def petitioner_of(registration: rules.Registration) -> Petitioner:
    """Write down the petitioner."""
    return Petitioner.objects.create(
        kind=registration.petitioner_kind.value,
        name=registration.name.strip(),
        identity_number=registration.identity_number.strip().upper(),
        phone=read_phone(registration.phone) if registration.phone else "",
        address=registration.address.strip(),
    )


def snapshot_of(ruleset: RuleSet) -> RuleSetSnapshot:
    """Return the stored copy of a rule set; one content is stored once."""
    values = ruleset.as_values()
    digest = hashlib.sha256(json.dumps(values, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    stored = RuleSetSnapshot.objects.filter(digest=digest)
    found = stored.first()
    if found is None:
        new = RuleSetSnapshot(digest=digest, code=ruleset.code, title=ruleset.title, values=values)
        # Whoever registers the first petition of a rule set at the same moment writes the same content.
        RuleSetSnapshot.objects.bulk_create([new], ignore_conflicts=True)
        found = stored.get()
    return found


def searchable_of(petition: Petition, registration: rules.Registration) -> str:
    """Return the text that search and similarity look at."""
    names = [registration.name, *(person.name for person in registration.representatives), *registration.signers]
    parts = [
        petition.number,
        petition.source_number or "",
        petition.receipt.number,
        *names,
        petition.place,
        petition.summary,
        petition.content,
    ]
    return normalise("|".join(part for part in parts if part))


def write_parts(petition: Petition, registration: rules.Registration) -> None:
    """Write representatives, joint signers and claims."""
    people = enumerate(registration.representatives, start=1)
    Representative.objects.bulk_create(
        Representative(petition=petition, position=position, name=person.name.strip(), phone=person.phone.strip())
        for position, person in people
    )
    JointSigner.objects.bulk_create(
        JointSigner(petition=petition, position=position, name=name.strip())
        for position, name in enumerate(registration.signers, start=1)
    )
    texts = [text.strip() for text in registration.claims if text.strip()] or [petition.summary]
    claims = Claim.objects.bulk_create(
        Claim(petition=petition, position=position, text=text) for position, text in enumerate(texts, start=1)
    )
    holding.made(*claims, of=petition)
