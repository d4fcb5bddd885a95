"""Subjects by reference: "this model", "the latter", "the bigger one", "la compañía", "it", a verb without a subject.

The words are in `data/cues/reference.csv`; what each points back to is looked for in the sentence, then by `Topic`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.claims.clauses import VERB
from pipeline.extract.claims.patterns import DEFINITE, ELIDED, POSSESSIVE, SOURCE
from pipeline.extract.claims.roles import is_estimator, is_source
from pipeline.extract.claims.subject.base import allowed, made, named, unnamed, wanted
from pipeline.extract.claims.subject.clause import model_of
from pipeline.extract.claims.subject.governors import OF_MODELS
from pipeline.extract.claims.subject.indefinite import is_indefinite, is_supposed
from pipeline.extract.claims.subject.meant import meant
from pipeline.extract.claims.subject.pronouns import KINDS_OF_REFERENCE, by_pronoun, follows
from pipeline.extract.fillers import AGAINST, APPROX, TO_NUMBER

if TYPE_CHECKING:
    from pipeline.extract.claims.cues import Cue
    from pipeline.extract.claims.draft import Draft, Subject
    from pipeline.extract.claims.page import Entity
    from pipeline.extract.claims.topic import Topic

_OTHERS = frozenset({"former", "latter", "bigger", "smaller", "chip"})  # only where they govern a verb
_THEN_VERB = re.compile(r"(?:\s\([^()]{1,60}\))?(?:\s(?:de|of)\s[^,;.]{2,40}?)?(?:\s+[\wáéíóúñ]+){0,2}?\W{1,3}" + VERB)
_MODIFIED = re.compile(  # "la compañía, fundada por X, vale"; "la firma respaldada por X ha"
    r"(?:\s[a-záéíóúñ]+){0,2}?(?:\s(?:de|of)\s[^,;.]{2,40}?)?(?:\s(?:\w+(?:ad|id)[oa]s?|led|backed|founded|owned|"
    r"run)\s(?:\w+\s)?(?:por|by)\s[^,;.:()]{2,60}?|,\s(?:que|cuy[oa]s?|con sede|antes|conocida|which|"
    rf"whose|based|now|once|\w+(?:ad|id)[oa]s?|founded|backed|led|owned)\s[^;.:()]{{2,180}}?,)(?=\s{VERB})"
)
_STILL = re.compile(r"\s\([^()]*|:\s[^:;.]*")
_THEN_COMMA = re.compile(rf"\s?[,:]\s|\s(?=[~≈]?\d)|\s\(|\s(?:con|a|at|with|más|{APPROX})\s")


def by_anaphor(draft: Draft, topic: Topic) -> Subject | None:
    """X es …; ese modelo tiene N: a reference is the subject of the verb, and stands nearer than any name."""
    found = _last_cue(draft, topic)
    if found is None and (variant := _variant(draft, topic)):
        return variant
    if found is None:
        return by_pronoun(draft, topic)
    start, end, cue = found
    if cue.value == "model" and is_supposed(draft) and _IF_ANY.match(topic.page.text[draft.sentence.start : end]):
        return unnamed("a supposition about any model")
    if cue.value in {"former", "latter"}:
        return _of_two(draft, topic, start, cue)
    if cue.value in {"bigger", "smaller"}:
        return _by_size(draft, topic, cue)
    if cue.value == "predecessor":
        if named := _explained(draft, topic, start):
            return made(named, "in apposition")
        return None if follows(draft, topic, end, allowed(draft)) else unnamed("a predecessor that is not named")
    return _pointed(draft, topic, start, cue)


def _explained(draft: Draft, topic: Topic, at: int) -> Entity | None:
    """The name that a predecessor has: "Grok-2, la versión anterior, usó N"."""
    before = [e for e in topic.page.between(draft.sentence.start, at) if e.kind in wanted(draft)]
    return before[-1] if before and topic.page.text[before[-1].end : at].strip("*_ ") == "," else None


_IF_ANY = re.compile(r"(?:[^.;]*[\s,(])?\W*(?:si|cuando|if|when)\s(?:el modelo|the model)$", re.IGNORECASE)


def _variant(draft: Draft, topic: Topic) -> Subject | None:
    """The nano version is $0.05: a model that has the word in its name, or that of the model before."""
    found = list(_VARIANT.finditer(topic.page.text, draft.clause[0], draft.start)) if "model" in wanted(draft) else []
    if not found or follows(draft, topic, found[-1].end(), wanted(draft)):
        return None
    word = found[-1][1] or found[-1][2]
    own = [e for e in topic.page.entities if e.kind == "model" and re.search(rf"\b{word}\b", e.name, re.IGNORECASE)]
    if own and own[0].start < draft.start:
        return made([e for e in own if e.start < draft.start][-1], "the variant of the model before")
    here = [e for e in topic.page.between(draft.sentence.start, found[-1].start()) if e.kind == "model"]
    before = here[-1:] or (topic.before(draft, KINDS_OF_REFERENCE["model"]) or ())[:1]
    return named(f"{before[0].name} {word}", "the variant of the model before") if before else None


_VARIANT = re.compile(
    r"\b(?:the|its|an?)\s(mini|nano|lite|flash|pro|turbo|air|ultra|max|small|medium)\s(?:version|variant|model|"
    r"edition)\b"
    r"|\b(?:la|su|una)\s(?:versión|variante|edición)\s(mini|nano|lite|flash|pro|turbo|air|ultra|max|small|medium)\b"
    r"(?=[^.;]{0,30}?" + VERB + ")",
    re.IGNORECASE,
)


def _last_cue(draft: Draft, topic: Topic) -> tuple[int, int, Cue] | None:
    """The reference nearest before the number, in its clause, that is the subject of a verb or of a verb left out."""
    page, begin = topic.page, draft.clause[0]
    cues = [found for found in topic.cues(draft.sentence) if found[1] <= draft.start]
    cues = [c for c in cues if begin <= c[0] or _goes_on(page.text, c[1], draft)]
    if not cues:
        return None
    start, end, cue = next((c for c in cues if c[2].value == "org" and _goes_on(page.text, c[1], draft)), cues[-1])
    if page.text[end : end + 1] == "," and _RELATIVE.search(page.text, draft.sentence.start, start):
        return None  # "X, which builds the site, has raised N"
    gapped = cue.value in {"former", "latter", "bigger", "smaller", "predecessor"} and _THEN_COMMA.match(page.text, end)
    plain = cue.value in {"former", "latter"} and draft.sentence.language == "en"
    modified = None if cue.value in {"any", *_OTHERS} else _MODIFIED.match(page.text, end, draft.start)
    if cue.value == "any" or not (plain or gapped or modified or _THEN_VERB.match(page.text, end)):
        return None
    end = modified.end() if modified else end
    kinds = KINDS_OF_REFERENCE.get(cue.value, wanted(draft))
    if not kinds & allowed(draft):
        return None
    if cue.value != "predecessor" and follows(draft, topic, end, kinds | wanted(draft)):
        return None
    return start, end, cue


_RELATIVE = re.compile(r",\s(?:which|who|whose|que|cuy[oa]s?)\s[^,.;]*$")


def _goes_on(text: str, end: int, draft: Draft) -> bool:
    """Whether the clause of the number goes on about a reference that ends before it: "la firma, que …, vale N"."""
    if _AND_DOES.match(text, end, draft.start):
        return True
    modified = _MODIFIED.match(text, end, draft.start)
    return bool(_STILL.fullmatch(text, end, draft.start) or (modified and modified.end() >= draft.clause[0]))


_AND_DOES = re.compile(  # "el sistema crecerá y sumará N"
    rf"\s{VERB}\b[^.;:]{{0,80}}?,?\s(?:y|e|pero|porque|ya que|pues|and|but|because)\s{VERB}\b"
)


def _pointed(draft: Draft, topic: Topic, start: int, cue: Cue) -> Subject | None:
    kinds = KINDS_OF_REFERENCE[cue.value] & allowed(draft)
    inside = [e for e in topic.page.between(draft.sentence.start, start) if e.kind in kinds]
    inside = [e for e in inside if not is_estimator(topic.page, e) and not is_source(topic.page, e)]
    aside = (SOURCE, _WEIGHED)
    inside = [e for e in inside if not any(w.search(topic.page.text, draft.sentence.start, e.start) for w in aside)]
    if _FOUNDED.match(topic.page.text, draft.sentence.start):
        inside = []  # "Fundada por antiguos empleados de X, la compañía recaudó N"
    if inside and not _BACKWARDS.match(topic.page.text, draft.sentence.start, inside[0].start):
        return made(inside[-1], "last named in the sentence, by reference", f" ({cue.place})")
    if topic.sibling and topic.sibling.kind in kinds and any(start < peer.start < draft.start for peer in topic.peers):
        return made(topic.sibling, "of the number before in the sentence")
    before = meant(draft, topic, _antecedent(draft, topic, kinds), start)
    return made(before[0], f"{before[1]}, by reference", f" ({cue.place})") if before else None


_WEIGHED = re.compile(  # "A 9 céntimos frente a los 68 de X, … y su API cobra N"
    rf"\b(?:{AGAINST}|than|que)(?:l|\sl[oa]s|\sthe)?\s(?:\S*\d\S*(?:\s[^\s,;]+){{0,3}}\s(?:de|of|for|by)\s)?$",
    re.IGNORECASE,
)
_BACKWARDS = re.compile(  # "In its deal with X, the company …": the one that was talked of before
    r"\W*(?:in|with|after|during|before|at|since|following|under|through|en|tras|con|desde|durante)\s[^,.;]{0,40}?"
    r"\b(?:its|their|his|her|sus?)\s[^,.;]*$",
    re.IGNORECASE,
)


_FOUNDED = re.compile(
    r"\W*(?:fundad|respaldad|liderad|cread|nacid|dirigid|financiad|participad|impulsad|founded|backed|led|created|"
    r"headed|spun|born|run)(?:[oa]s?)?\s[^;.:]*?,\s(?:la|el|the|esta|this)\s",
    re.IGNORECASE,
)


def _antecedent(draft: Draft, topic: Topic, kinds: frozenset[str]) -> tuple[Entity, str] | None:
    """What was named before; of a cluster that has no name, its owner."""
    found = topic.before(draft, kinds)
    return (
        topic.before(draft, KINDS_OF_REFERENCE["org"])
        if found is None and kinds == KINDS_OF_REFERENCE["cluster"]
        else found
    )


def _of_two(draft: Draft, topic: Topic, start: int, cue: Cue) -> Subject | None:
    """The former, the latter: the first or the last of the two that were named last."""
    kinds = wanted(draft)
    before = [s.start for s in topic.page.sentences(draft.sentence.block) if s.start < draft.sentence.start]
    ends = [*before[1:], draft.sentence.start]
    for left, right in ((draft.sentence.start, start), *list(zip(before, ends, strict=False))[:-4:-1]):
        names = list({e.name: e for e in topic.page.between(left, right) if e.kind in kinds}.values())
        if len(names) >= 2:
            two = names[-2:]
            return made(two[0] if cue.value == "former" else two[1], "the former or the latter", f" ({cue.place})")
    return unnamed("one of two, not both named")


def _by_size(draft: Draft, topic: Topic, cue: Cue) -> Subject | None:
    """The bigger one, el pequeño: of the sized models named before, the one with the most or fewest parameters."""
    sizes = topic.sized_before(draft)
    if len(sizes) < 2:
        return None
    value = max(sizes) if cue.value == "bigger" else min(sizes)
    name, entity = sizes[value]
    return named(str(name), "the bigger or the smaller one", f" ({cue.place})", entity)


def by_reference(draft: Draft, topic: Topic) -> Subject | None:
    """Este modelo, it, its, or a verb without a subject: what the sentences before are about."""
    text = topic.page.text
    if is_indefinite(draft, topic) or is_supposed(draft):
        return None
    lead = text[draft.sentence.start : draft.start]
    cues = [c for _, end, c in topic.cues(draft.sentence) if end <= draft.start and c.value not in _OTHERS]
    cue = cues[0] if cues else None
    if cue and cue.value == "predecessor":
        return None
    if draft.metric in OF_MODELS and _ITS_MODEL.match(lead) and (owned := _of_its_maker(draft, topic)):
        return owned
    used = draft.metric == "hardware_quantity" and _USED.search(lead)
    if used and (trained := _antecedent(draft, topic, KINDS_OF_REFERENCE["model"])):
        return made(trained[0], f"{trained[1]}, by reference", " (a verb without a subject)")
    possible = wanted(draft) if cue and cue.value == "person" else allowed(draft)  # "his" revenue is the company's
    kinds = (
        KINDS_OF_REFERENCE[cue.value]
        if cue and KINDS_OF_REFERENCE.get(cue.value, frozenset()) & possible
        else wanted(draft)
    )
    if cue is None and _TRAINING.match(lead) and (model := topic.before(draft, KINDS_OF_REFERENCE["model"])):
        return made(model[0], f"{model[1]}, by reference", " (its training)") if model[1] not in FAR else None
    why = f" ({cue.place})" if cue else _why(draft, lead, text[draft.sentence.start : draft.sentence.end])
    found = _antecedent(draft, topic, kinds) if why else None
    if found is None or (found[1] in FAR and (_is_vague(cue) or _is_of_anything(draft))):
        return None  # the topic of the whole post is too far away
    return made(found[0], f"{found[1]}, by reference", why)


def _of_its_maker(draft: Draft, topic: Topic) -> Subject | None:
    """X ha sorprendido. Su modelo costó N: the model that the text has of X, or X."""
    maker = topic.before(draft, KINDS_OF_REFERENCE["org"])
    if maker is None or maker[1] in FAR or topic.page.between(draft.sentence.start, draft.start):
        return None
    return made(model_of(maker[0], draft, topic) or maker[0], f"{maker[1]}, by reference", " (its model)")


_ITS_MODEL = re.compile(
    r"\W*(?:su\s(?:\w+\s)?(?:modelo|LLM|chatbot|asistente)|its\s(?:\w+\s)?(?:model|LLM|chatbot|assistant))\b",
    re.IGNORECASE,
)
_USED = re.compile(
    r"\b(?:se (?:emple|us|utiliz|necesit|requ)\w+|hicieron falta|it took|(?:were|was) (?:used|needed))\s"
    rf"(?:un total de\s)?{TO_NUMBER}$",
    re.IGNORECASE,
)


def _why(draft: Draft, lead: str, sentence: str) -> str:
    if draft.sentence.language == "es" and ELIDED.match(lead + " "):
        return " (a verb without a subject)"
    if draft.sentence.language == "en" and _ELIDED.match(lead + " "):
        return " (a verb without a subject)"
    if _BARE.match(lead):
        return " (a property without its owner)"
    definite = DEFINITE.search(sentence)
    if POSSESSIVE.search(lead) or (definite and not _OF_ALL.match(sentence, definite.end())):
        return " (a possessive or definite description)"
    return ""


_BARE = re.compile(  # "Revenue came in at N"
    rf"\W*(?:(?:Total|Net|Quarterly|Annual|Data[ -]center|Cloud|Annualized|Recurring)\s)?(?:[Rr]evenues?|[Ss]ales|"
    rf"[Cc]apex|"
    rf"[Cc]apital expenditures?|[Ii]ngresos|[Vv]entas)\s{VERB}"
)
_OF_ALL = re.compile(  # "el entrenamiento de modelos fundamentales", "el coste de entrenamiento actual"
    r"(?:\sde entrenamiento|\sof training)?\s(?:(?:de|of)\s(?:(?:los|un|una|cualquier|an?|any|these)\s)?"
    r"(?:[\w-]+\s){0,2}?(?:modelos?|models?|LLMs?)(?!\s[A-Z])|actual|medi[oa]|promedio|típic[oa])\b"
)
_TRAINING = re.compile(
    r"\W*(?:The|Its|This|El|La|Su|Este)?\s?(?:pre-?)?(?:training|pretraining|final run|entrenamiento)\b", re.IGNORECASE
)
_ELIDED = re.compile(  # "Features a 1M-token window." "Comes in two sizes." "Now serves 40 million people."
    r"[\s*_«“\"(•–—-]*(?:(?:also|now|currently|already|reportedly|and|but)\s)?(?:features|has|includes|comes|supports|"
    r"costs|scores|runs|uses|needs|requires|ships|offers|boasts|packs|handles|weighs|delivers|serves|hits|reaches|"
    r"draws|"
    r"consumes|holds|operational|pre-?trained\son|trained\son|powered\sby|raised|valued\sat|built\s(?:on|with))\s",
    re.IGNORECASE,
)


def _is_vague(cue: Cue | None) -> bool:
    return cue is not None and cue.value == "any"


def _is_of_anything(draft: Draft) -> bool:
    """Whether a price may be a device's or a ticket's as well as a model's."""
    return draft.metric == "price" and draft.per != "million_tokens"


FAR = frozenset({"topic of the post", "named in the title", "last named in the paragraph before"})
