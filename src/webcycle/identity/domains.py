"""E-mail domains that no reviewed body has yet: suggestions, for a domain alone tells nothing sure."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from webcycle.identity import keys
from webcycle.identity.people import People
from webcycle.identity.persons import Directory

# Where anybody gets an address: the large free ones, and those of French access providers.
FREE_MAIL = frozenset(
    (
        "126.com 163.com 9business.fr 9online.fr alice.it aliceadsl.fr aol.com aol.fr arcor.de bbox.fr bluewin.ch "
        "btinternet.com caramail.com cegetel.net club-internet.fr comcast.net duck.com facebook.com fastmail.com "
        "fastmail.fm free.fr freenet.de freesbee.fr gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.fr gmx.net "
        "googlemail.com guerrillamail.com hey.com hotmail.be hotmail.ch hotmail.co.uk hotmail.com hotmail.de "
        "hotmail.es hotmail.fr hotmail.it icloud.com inbox.lv infonie.fr interia.pl iol.it laposte.net libero.it "
        "libertysurf.fr live.be live.ca live.co.uk live.com live.de live.fr live.it live.nl mac.com mail.com "
        "mail.ru mailbox.org mailinator.com mailo.com mailoo.org me.com mediaserv.net msn.com mtn.com naver.com "
        "neuf.fr noos.fr nordnet.fr numericable.fr o2.pl onet.pl ono.com ool.fr orange.fr orange.ma orange.sn "
        "outlook.be outlook.com outlook.de outlook.es outlook.fr outlook.it ozone.net pm.me posteo.de posteo.net "
        "proton.me protonmail.ch protonmail.com qq.com rediffmail.com riseup.net rocketmail.com sapo.pt seznam.cz "
        "sfr.fr sina.com sky.com skynet.be t-online.de telefonica.net telenet.be terra.com.br tiscali.it tuta.com "
        "tuta.io tutanota.com tutanota.de uol.com.br virgilio.it voila.fr wanadoo.es wanadoo.fr web.de wp.pl "
        "yahoo.ca yahoo.co.in yahoo.co.jp yahoo.co.uk yahoo.com yahoo.com.ar yahoo.com.br yahoo.com.mx yahoo.de "
        "yahoo.es yahoo.fr yahoo.it yandex.com yandex.ru ymail.com yopmail.com zaclys.net zoho.com"
    ).split()
)


@dataclass(frozen=True, slots=True)
class OpenDomain:
    """A domain, how many people have it, and the organisation that their forms name most ("" when none does)."""

    domain: str
    people: int
    named: str


def open_domains(directory: Directory, people: People) -> tuple[OpenDomain, ...]:
    """The domains without a reviewed body, the most frequent first; not those where anybody gets an address."""
    counts: Counter[str] = Counter()
    named: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for person in directory.persons.values():
        for domain in {keys.domain(address) for address in person.emails}:
            counts[domain] += 1
            if person.organisation:
                named[domain][person.organisation] += 1
    unknown = (domain for domain in counts if domain not in FREE_MAIL and domain not in people.organisation_by_domain)
    found = (OpenDomain(domain, counts[domain], _most(named[domain])) for domain in unknown)
    return tuple(sorted(found, key=lambda one: (-one.people, one.domain)))


def _most(counted: Counter[str]) -> str:
    return min(counted, key=lambda text: (-counted[text], text), default="")
