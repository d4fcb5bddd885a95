"""Companies that no list has, by what only companies do or have: they raise rounds, have a CEO, are "a startup".

Each rule begins at a rare word and looks for a name beside it, so that a text without such words costs nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.fillers import AND_OR, SORTS_OF_COMPANY
from pipeline.extract.folding import folded
from pipeline.extract.mentions.unknown import Unknown
from pipeline.extract.trie import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.extract.mentions.candidates import FoldedText
    from pipeline.extract.mentions.index import Index

CAPITAL = r"[A-ZÀ-Þ][\w&+-]*\w"
_NAME = rf"(?<![\w.'’/@#&-])(?P<name>{CAPITAL}(?:[ ](?:{CAPITAL})){{0,2}})"
_MONEY = (
    r"(?:US)?[$€£]|\d[\d.,]*[ ]?(?:millones|mil[ ]millones|million|billion|bn|m)\b|\b(?:ronda|round)\b|"
    r"\b[Ss]eri[ae]s?[ ][A-H]\b"
)
_ASIDE = r"(?:,[ ][^,.\n]{2,70},|[ ]\([^()\n]{1,40}\))?"
_RAISES = Words(
    "levant(?:ó|a|aron|ado)", "recaud(?:ó|a|ado)", "capt(?:ó|a|ado)", "cerr(?:ó|ado)", "estir(?:ó|ado)",
    "raise[sd]", "close[ds]", "bagged", "bags", "nabbed", "nabs", "secure[ds]", "land(?:s|ed)",
    then=r"\b",
)  # fmt: skip
_RAISER = re.compile(rf"{_NAME}{_ASIDE}[ ](?:(?:ha|han|has|have|just|already|ya|acaba[ ]de|ayer|hoy)[ ]){{0,2}}$")
_AMOUNT = re.compile(rf"[^.\n]{{0,40}}?(?:{_MONEY})")
_LED_BY = Words(
    "led[ ]by", "co-led[ ]by", "liderad[ao][ ]por", "encabezad[ao][ ]por", "que[ ]lider(?:ó|a)",
    "participación[ ]de", "participation[ ]from", "respaldad[ao][ ]por", "backed[ ]by",
    then="[ ]",
)  # fmt: skip
_PARTIES = (
    "Investors Backers Participants Partners Consortium Customers Clients Inversores Inversionistas Clientes "
    "Socios Consorcio"
).split()
_INCLUDES = Words(  # Backers include, the consortium includes
    *_PARTIES, *(party.lower() for party in _PARTIES),
    then=r"(?:,?[ ](?:includes?|included|including|such[ ]as|like|como|incluyen?|son)|:)[ ]",
)  # fmt: skip
_TEAM = Words(
    "Researchers", "researchers", "Scientists", "scientists", "Investigador[ae]s", "investigador[ae]s", "team",
    "Científicos", "científicos", "Academics", "academics",
    then=r"[ ](?:with|at|from|del?|de[ ]la)[ ](?=[A-ZÀ-Þt])",
)  # fmt: skip
_LIKE = Words("como", "such[ ]as", "like", "including", "incluyendo", then=r"[ ](?:la[ ]|el[ ]|the[ ])?(?=[A-ZÀ-Þ])")
_COMPANIES_BEFORE = re.compile(
    r"\b(?:empresas|compañías|start-?ups|firmas|consultoras|laboratorios|proveedores|fabricantes|medios|competidores|"
    r"rivales|gigantes|tecnológicas|bancos|organizaciones|universidades|instituciones|unicornios|companies|firms|labs|"
    r"unicorns?|providers|makers|vendors|competitors|rivals|outlets|players|giants|hyperscalers|neoclouds|banks|"
    r"organizations|universities|institutions|chipmakers)(?:[ ][a-zà-ÿ-]+){0,4}?,?[ ](?:tales[ ])?$",
    re.IGNORECASE,
)
_DEED = ("desarrollad", "mantenid", "cread", "construid", "diseñad", "fabricad", "operad", "gestionad", "adquirid")
_DONE_BY = Words(
    *(deed + "[oa]s?[ ]por" for deed in _DEED),
    *(deed + "[ ]by" for deed in "developed built created maintained made operated owned acquired designed".split()),
    "filial[ ]de", "subsidiary[ ]of", "acquisition[ ]of", "adquisición[ ]de", "stake[ ]in", "partnered[ ]with",
    "partnership[ ]with", "colaboración[ ]con", "alianza[ ]con",
    then=r"[ ](?:la[ ]|el[ ]|the[ ])?",
)  # fmt: skip
_WE = (
    r"we\b|our\b|us\b|hemos|nos\b|nuestr|ofrecemos|creemos|trabajamos|desarrollamos|ayudamos|llevamos|queremos|"
    r"estamos|construimos|sabemos"
)
_OURS = Words(
    "At", "En", "Here[ ]at", "Aquí[ ]en", then=rf"[ ](?P<name>{CAPITAL}(?:[ ]{CAPITAL}){{0,2}}),?[ ](?:{_WE})"
)
_LINK = r"(?:of|for|de|del|de[ ]la)"
_MEMBER = re.compile(
    rf"(?:(?:the|at|with|from|del?|el|la)[ ]){{0,2}}(?P<name>{CAPITAL}(?:[ ](?:{_LINK}[ ])?{CAPITAL}){{0,5}})"
)
_JOIN = re.compile(rf",[ ](?:{AND_OR}[ ])?|[ ]{AND_OR}[ ]")
_IN_A_ROUND = re.compile(r"\b(?:[Rr]onda|round|[Ss]eri[ae]s?[ ][A-H]|seed|semilla|inversión|funding|financing)\b")
_NOUN = (
    rf"(?:{'|'.join(SORTS_OF_COMPANY)}|(?:\w+-?)?maker)\b"
    r"(?!-|[ ](?:founder|veteran|investor|executive|owner|employee|lawyer|spokes|consultant|analyst|director|insider))"
)
_SUCH = rf"(?:(?!(?:y|que|and|who|that|which)\b)[\w][\w.’'–-]*,?[ ]){{0,6}}?{_NOUN}"
_IS_A = re.compile(
    rf",[ ](?:an?|una?)[ ]{_SUCH}|,[ ](?:the|la|el)[ ](?:[\w’'–-]+[ ]){{0,2}}?{_NOUN}"
    r"[ ](?:de|detrás|behind|that|que|founded|fundad[ao]|con[ ]sede|based|creadora?|led|dirigida)\b"
)
_IS = Words(
    "[ ]is[ ]an?", "[ ]was[ ]an?", "[ ]es[ ]una?", "[ ]era[ ]una?", "[ ]fue[ ]una?", before="",
    then=rf"[ ]{_SUCH}(?=[ ](?:that|which|based|founded|que|con|fundad[ao]|cread[ao])\b)",
)  # fmt: skip
_IS_WORTH = Words(  # X was valued at, X está valorada en
    "[ ]was[ ]valued[ ]at", "[ ]is[ ]valued[ ]at", "[ ]was[ ]founded[ ](?:in|by)", "[ ]está[ ]valorad[ao][ ]en",
    "[ ]fue[ ]valorad[ao][ ]en", "[ ]fue[ ]fundad[ao][ ](?:en|por)",
    before="", then="[ ]",
)  # fmt: skip
_NAME_ENDS = re.compile(rf"{_NAME}$")
_ROLE_OF = Words(
    "CEO", "CTO", "CFO", "COO", "Cofounders?", "cofounders?", "Co-founders?", "co-founders?", "Cofundador(?:a|es)?",
    "cofundador(?:a|es)?", "Consejer[oa][ ]delegad[oa]", "consejer[oa][ ]delegad[oa]", "Founders?", "founders?",
    "Fundador(?:a|es)?", "fundador(?:a|es)?", "Directora?[ ]ejecutiv[oa]", "directora?[ ]ejecutiv[oa]",
    then="[ ](?:of|de|at)[ ]",
)  # fmt: skip
_WORKS_AT = Words(
    "analysts?[ ]at", "engineers?[ ]at", "partners?[ ]at", "executives?[ ]at", "economists?[ ]at",
    "strategists?[ ]at", "soci[oa][ ]de", "analistas?[ ](?:de|en)", "portavo(?:z|ces)[ ]de", "ejecutiv[oa]s?[ ]de",
    then="[ ]",
)  # fmt: skip
_OF_STOCK = Words(  # shares of X, a contract with X, el director general de X
    "Shares[ ]of", "shares[ ]of", "Acciones[ ]de", "acciones[ ]de", "spokes(?:person|woman|man)[ ]for",
    "Directora?[ ]general[ ]de", "directora?[ ]general[ ]de", "Contract[ ]with", "contract[ ]with", "Deal[ ]with",
    "deal[ ]with", "Contrato[ ]con", "contrato[ ]con",
    "Acuerdo[ ]con", "acuerdo[ ]con", "filial[ ][a-zà-ÿ]+[ ]de", "Partner[ ]with", "partner[ ]with", "Partnered[ ]with",
    "partnered[ ]with", "invested[ ]in", "invirtió[ ]en",
    then="[ ]",
)  # fmt: skip
_BUYS = Words(
    "buys?", "buying", "acquires?", "comprar(?:á|ía)?", "adquirir(?:á|ía)?", "bought", "acquired", "compró", "adquirió",
    then=rf"[ ](?:a[ ])?(?P<name>{CAPITAL}(?:[ ]{CAPITAL}){{0,2}})(?=[ ](?:for|por)[ ])",
)  # fmt: skip
_FACTS = Words(  # what is said of a company behind its name: X, con sede en; X (NASDAQ: XX); X shares fell
    "con[ ]sede[ ]en", "based[ ]in", "headquartered[ ]in", "valorad[oa][ ]en", "valued[ ]at", "fundad[oa][ ](?:en|por)",
    "founded[ ](?:in|by)", "NASDAQ", "Nasdaq", "NYSE", "BME",
    r"shares(?=[ ](?:(?:fell|rose|were|are|have|had|in|of|slid)\b|(?:dropp|jump|surg|clos|trad))|[.,;)])", "stock",
    "spokes(?:person|woman|man)",
    before=r"(?:(?<=, )|(?<= \()|(?<=[\w] ))", then=r"\b",
)  # fmt: skip
_CHIEF = re.compile(r"[ ](?:CEO|CTO|CFO|COO|co-?founder|chief[ ]executive)[ ][A-ZÀ-Þ][a-zà-ÿ]+[ ][A-ZÀ-Þ]")
_NAME_BEGINS = re.compile(_NAME)
_HAS_ROLE = Words("'s[ ](?:CEO|CTO|CFO|COO|co-?founders?|founders?|investors|shareholders)", before="", then=r"\b")
_NO_NAME_AFTER = re.compile(r"\b(?:in|en|at|from|desde|since|on|by|an?|una?|l[ao]s|según)[ ]$", re.IGNORECASE)
_ARTICLES = frozenset("el la los las un una su the a an our its".split())
_NO_NAMES = (
    "not_stem", "closed", "month", "place", "not_org", "org_cue", "org_noun", "product_noun", "person", "org_verb",
)  # fmt: skip


def companies(page: FoldedText, index: Index, told: Iterable[Unknown]) -> Iterator[Unknown]:
    """The companies, investors among them, that the text shows to be such (`told`), wherever it names them."""
    rules = {found.name: found.rule for found in told if is_new(page, index, found)}
    for name, rule in sorted(rules.items()):
        for match in re.finditer(rf"(?<![\w.'’/@#&-]){re.escape(name)}(?![\w/@&-])", page.plain):
            yield Unknown(*match.span(), page.text[match.start() : match.end()], rule)


def shown(page: FoldedText) -> Iterator[Unknown]:
    """What stands where a company's name does, whether or not it may be one."""
    if any(sign in page.plain for sign in ("$", "€", "£", "millones", "million", "ronda", "round")):
        yield from _of_rounds(page)
    yield from _of_roles(page)
    yield from _of_business(page)
    for team in _TEAM.finditer(page.plain):
        yield from _listed(page, team.end(), "team")
    for like in _LIKE.finditer(page.plain):
        if _COMPANIES_BEFORE.search(page.plain[max(0, like.start() - 60) : like.start()]):
            yield from _listed(page, like.end(), "like")
    for parties in _INCLUDES.finditer(page.plain):
        yield from _listed(page, parties.end(), "like")
    for ours in _OURS.finditer(page.plain):
        yield named(page, ours.start("name"), ours["name"], "ours")


def _of_rounds(page: FoldedText) -> Iterator[Unknown]:
    """Who raises money, and from whom."""
    text = page.plain
    for raised in _RAISES.finditer(text):
        low = max(text.rfind("\n", 0, raised.start()) + 1, raised.start() - 120)
        raiser = _RAISER.search(text[low : raised.start()])
        if raiser and _AMOUNT.match(text, raised.end()):
            yield named(page, low + raiser.start("name"), raiser["name"], "raises")
    for led in _LED_BY.finditer(text):
        if _IN_A_ROUND.search(text[max(0, text.rfind("\n", 0, led.start()) + 1, led.start() - 90) : led.start()]):
            yield from _listed(page, led.end(), "backer")


def _of_roles(page: FoldedText) -> Iterator[Unknown]:
    """Who is said to be a company, and where somebody is an officer or works."""
    text = page.plain
    for behind, rule in (
        (_IS_A, "is-a-company"),
        (_IS, "is-a-company"),
        (_IS_WORTH, "fact"),
        (_HAS_ROLE, "role-of"),
        (_CHIEF, "role-of"),
    ):
        for match in behind.finditer(text):
            low = max(0, match.start() - 50)
            if before := _NAME_ENDS.search(text[low : match.start()]):
                yield named(page, low + before.start("name"), before["name"], rule)
    for ahead, rule in ((_OF_STOCK, "works-at"), (_ROLE_OF, "role-of"), (_WORKS_AT, "works-at"), (_DONE_BY, "done-by")):
        for role in ahead.finditer(text):
            if after := _NAME_BEGINS.match(text, role.end()):
                yield named(page, after.start("name"), after["name"], rule)


def _of_business(page: FoldedText) -> Iterator[Unknown]:
    """Who has a seat, shares or a spokesperson, or is bought for so much."""
    text = page.plain
    for fact in _FACTS.finditer(text):
        end = len(text[max(0, fact.start() - 3) : fact.start()].rstrip(" ,(")) + max(0, fact.start() - 3)
        alone = fact.group() in {"shares", "stock"} or fact.group().startswith("spokes")
        low = max(0, end - 50)
        before = _NAME_ENDS.search(text[low:end]) if alone == (end == fact.start() - 1) else None
        if before:
            yield named(page, low + before.start("name"), before["name"], "fact")
    for bought in _BUYS.finditer(text):
        if _AMOUNT.match(text, bought.end()):
            yield named(page, bought.start("name"), bought["name"], "bought")


def _listed(page: FoldedText, at: int, rule: str) -> Iterator[Unknown]:
    """All that a list of investors, or of the institutions of a team, names."""
    return in_list(page, (at, len(page.plain)), (_MEMBER, _JOIN), rule)


def in_list(
    page: FoldedText, span: tuple[int, int], shape: tuple[re.Pattern[str], re.Pattern[str]], rule: str
) -> Iterator[Unknown]:
    """The names of a list in a stretch, from its beginning: what a name looks like, and what stands between two."""
    (at, end), (name, join) = span, shape
    while match := name.match(page.plain, at, end):
        yield named(page, match.start("name"), match["name"], rule)
        if (next_one := join.match(page.plain, match.end(), end)) is None:
            return
        at = next_one.end()


def named(page: FoldedText, start: int, name: str, rule: str) -> Unknown:
    """What a rule found at a place."""
    return Unknown(start, start + len(name), page.text[start : start + len(name)], rule)


def is_new(page: FoldedText, index: Index, found: Unknown) -> bool:
    """Whether the name may be that of a company that no list has: no word with a capital, no place, no person."""
    lexicon, rule = index.lexicon.words, found.rule
    name = page.plain[found.start : found.end]
    words = name.split(" ")
    if words[0].lower() in _ARTICLES:
        return False  # "La CFO Colette Kress"
    kept = words[:-1] if len(words) > 1 and folded(words[-1]) in lexicon.get("org_tail", ()) else words
    if any(folded(word) in index.table or any(folded(word) in lexicon.get(r, ()) for r in _NO_NAMES) for word in kept):
        return False
    listed = rule in _PLACED or rule == "done-by"
    before = page.plain[max(0, found.start - 8) : found.start]
    if folded(name) in index.table or (not listed and _NO_NAME_AFTER.search(before)):
        return False
    placed = rule in _PLACED and rule != "works-at"
    return rule == "is-a-company" or not _person(page, index, name, placed=placed)


def _person(page: FoldedText, index: Index, name: str, *, placed: bool) -> bool:
    """Whether the name is a person's: two plain words, or one that has a given name before it somewhere in the text.

    A name with capitals or digits inside it, or with a company's last word (Labs), is none. Where only organizations
    are named (`placed`), two words are a person's if the first is a given name. A given name alone is always one's.
    """
    words = name.split(" ")
    if placed or len(words) == 1:
        if folded(words[0]) in index.lexicon.words.get("first_name", ()):
            return True
        if len(words) > 1:
            return False
    if any(any(not char.islower() for char in word[1:]) for word in words):
        return False
    if len(words) > 1:
        return words[-1].lower() not in _TAILS
    lexicon = index.lexicon.words
    before = re.finditer(rf"\b([A-ZÀ-Þ](?:[a-zà-ÿ]+|\.))[ ]{re.escape(name)}\b", page.plain)
    return any(not any(match[1].lower() in lexicon.get(role, ()) for role in _NO_NAMES) for match in before)


_PLACED = frozenset({"team", "works-at", "like", "ours", "source", "column", "among"})
_TAILS = frozenset(
    "labs technologies robotics therapeutics ventures capital partners energy systems networks motors health holdings "
    "computing bank group biosciences semiconductors semiconductor research studios".split()
)
