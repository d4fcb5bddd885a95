"""Clauses: how far a subject, a hedge or a plan reaches inside a sentence.

A new clause begins at a semicolon or a contrasting conjunction, and at a comma or "and" that is followed by a new
subject: a name before a verb, or before the comma of a gapped verb ("… con 100k GPUs y Meta, uno de 350k").
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.extract.claims.page import Entity, Sentence

_HARD = re.compile(
    r"\s(?:(?<=[;:|·•]\s)|(?=(?:pero|sino|aunque|mientras|en cambio|por el contrario|sin embargo|but|while|whilst|"
    r"whereas|although|though|however|(?<!not )(?<!n['’]t )yet(?! to))\b)|(?<=[,—–]\s)(?=(?:así que|por lo que|"
    r"de modo que|"
    r"de manera que|con lo que|so (?!that|much|many|far))\b))",
    re.IGNORECASE,
)
_SOFT = re.compile(r",\s+(?:(?:y|e|and|or)\s+)?|\s(?:y|e|and)\s+", re.IGNORECASE)
VERB = (
    r"(?:se\s|ha\s|han\s|había\s|no\s|ya\s|also\s|now\s|recently\s|has\s|have\s|had\s|will\s|just\s|already\s|"
    r"only\s|solo\s|sólo\s|tampoco\s|también\s|apenas\s|reportedly\s|alone\s)*"
    r"(?:es|son|fue|era|eran|fueron|está|están|tiene|tienen|tenía|tuvo|usa|usan|usó|cuesta|cuestan|costó|vale|"
    r"cuenta|cuentan|alcanza|alcanzan|ocupa|necesita|requiere|puede|pueden|ofrece|soporta|admite|consume|gasta|"
    r"recibe|pide|paga|pagó|cobra|suma|dice|asegura|afirma|llega|llegan|pasa|pasan|sube|baja|marca|obtiene|logra|"
    r"consigue|planea|prevé|quiere|prepara|va|promete|construye|negocia|negocian|anuncia|anuncian|presenta|"
    r"presentan|lanza|lanzan|cierra|cierran|estrena|asciende|ascienden|oscila|oscilan|duplica|triplica|eleva|elevan|"
    r"reduce|convierte|permite|incluye|incluyen|emplean|ingresa|ingresan|recauda|recaudan|genera|generan|gana|ganan|"
    r"pierde|pierden|valen|cotiza|opera|operan|rondan|roza|rozan|acumula|acumulan|dedica|dedican|destina|destinan|"
    r"aporta|aportan|espera|esperan|busca|buscan|mueve|mueven|crece|crecen|atiende|atienden|funciona|funcionan|"
    r"utiliza|utilizan|produce|producen|contiene|contienen|posee|poseen|controla|controlan|representa|representan|"
    r"equivale|equivalen|aspira|aspiran|proyecta|proyectan|estima|estiman|calcula|calculan|reconoce|reconocen|"
    r"confirma|confirman|revela|revelan|explica|explican|emplea|abarca|adquiere|adquieren|despliega|despliegan|"
    r"instala|instalan|lidera|lideran|reúne|reúnen|capta|captan|declara|registra|registran|suman|vende|venden|"
    r"invierten|planean|preparan|quieren|consumen|gastan|pagan|cobran|ocupan|pesan|admiten|soportan|ofrecen|"
    r"necesitan|requieren|obtienen|logran|consiguen|marcan|sitúa|sitúan|entrena|entrenan|dispone|supera|superan|"
    r"pesa|cabe|lleva|trae|viene|saca|pone|invierte|levanta|maneja|sigue|acepta|tenga|tengan|tuviera|tuvieran|haya|"
    r"hayan|hubiera|hubieran|sea|sean|fuera|fueran|llegue|alcance|consiga|cueste|(?:ob|man|sos|con|re)tuvo|"
    r"(?:re|pro|intro|con)dujo|\w*puso|hizo|dio|dijo|trajo|vino|quiso|pudo|supo|\w{2,}jeron|"
    r"\w{3,}(?:aran|ieran|iera)|\w{2,}(?:ó|aron|ieron|aba|aban|rá|rán|ría|rían|ado|ido)|is|are|was|were|has|have|"
    r"had|will|would|can|could|may|might|does|did|do|uses|used|costs|cost|needs|takes|took|runs|ran|offers|ships|"
    r"comes|came|gets|got|plans|wants|says|said|claims|supports|scores|reaches|hits|spends|spent|raises|raised|"
    r"makes|made|charges|boasts|features|contains|holds|draws|consumes|requires|expects|aims|built|builds|bought|"
    r"buys|trains|weighs|sits|stands|won|beat|beats|gains|trails|leads|accepts|handles|goes|went|remains|packs|"
    r"spans|delivers|scales|activates|fits|outperforms|employs|utilizes|totals|launched|bid|paid|lost|sold|struck|"
    r"earns|pays|owns|owes|gave|gives|\w{3,}ed|announces|releases|released|begins|began|grows|grew|rises|rose|falls|"
    r"fell|held|brings|brought|sees|saw|shows|achieves|attains|obtains|receives|generates|produces|processes|serves|"
    r"stores|exceeds|surpasses|manages|averages|clocks|tops|loads|eats|burns|operates|hosts|starts|climbs|lands|"
    r"drew|drives|drove|pulls|set|sets|put|puts|led|became|becomes|accounts|hit|reports|projects|controls|commands|"
    r"rents|leases|commits)\b"
)
_ARTICLE = re.compile(r"(?:el|la|los|las|the|de|en|in|at)\s+", re.IGNORECASE)
ANY_VERB = re.compile(VERB)
NEXT_VERB = re.compile(rf"\s{VERB}")  # behind a name
_ASIDE = re.compile(
    rf"(?:while|whilst|although|though|aunque|mientras|pero|but|however|sin embargo)\b[^,;.:()]{{0,70}},\s{VERB}",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"\s+(?:se\s|ya\s|también\s)?(?:\w+n|have|are|were|plan|will|raised|announced)\b")
_GAP = re.compile(rf"\s*,\s(?!{VERB}|\w+(?:[ae]ndo|ing)\b)")


class Clauses:
    """The clauses of a sentence, looked for when they are first asked for: most numbers need none."""

    def __init__(self, text: str, sentence: Sentence, entities: Sequence[Entity]) -> None:
        self._text, self._sentence, self._entities = text, sentence, entities

    @cached_property
    def starts(self) -> list[int]:
        """Where they begin, the sentence's own start first."""
        return _starts(self._text, self._sentence.start, self._sentence.end, self._entities)

    def at(self, position: int) -> tuple[int, int]:
        """The clause that a position lies in."""
        after = bisect_right(self.starts, position)
        begin = self.starts[after - 1] if after else position
        return begin, self.starts[after] if after < len(self.starts) else self._sentence.end


def _starts(text: str, start: int, end: int, entities: Sequence[Entity]) -> list[int]:
    starts = {start}
    begins = {entity.start: entity for entity in entities}
    ends = {entity.end for entity in entities}
    starts.update(m.end() for m in _HARD.finditer(text, start, end) if not _is_aside(text, m.end(), ends))
    for match in _SOFT.finditer(text, start, end):
        at = match.end()
        article = _ARTICLE.match(text[at : at + 6])
        entity = begins.get(at) or begins.get(at + (article.end() if article else 0))
        if entity and match.group().strip() != "," and match.start() in ends and _PLURAL.match(text, entity.end):
            continue  # "SoftBank y Oracle invertirán": one subject
        if entity and (_opens(text, entity.end, end) or (_GAP.match(text, entity.end) and "," not in match.group())):
            starts.add(match.start() + (1 if match.group().startswith(",") else 0))
        elif ANY_VERB.match(text, at) and text[at - 2 : at - 1] != ",":
            starts.add(match.start())
    return sorted(starts)


def _is_aside(text: str, start: int, ends: set[int]) -> bool:
    """Whether a clause only interrupts the one whose subject it follows: "the A100, while older, has 80 GB"."""
    return start - 2 in ends and text[start - 2] == "," and _ASIDE.match(text, start) is not None


def _opens(text: str, after: int, end: int) -> bool:
    """Whether a verb follows a name: it is the subject of a clause."""
    return bool(ANY_VERB.match(text, min(after + 1, end)))
