"""Words that stand around numbers, in Spanish and English: parts of other modules' patterns.

What they mean for the number is read elsewhere (bounds.csv); here they only may not be in the way.
"""

from __future__ import annotations

APPROX = (
    r"unos|unas|casi|cerca del?|alrededor del?|aproximadamente|en torno al?|más del?|menos del?|hasta|al menos|apenas|"
    r"solo|sólo|del orden de|tan solo|tan sólo|(?:poco|algo) más del?|poco menos del?|nada menos que|no menos de|"
    r"about|around|roughly|approximately|nearly|almost|some|close to|over|under|more than|less than|up to|at least|"
    r"only|just|on the order of|no less than|an estimated|a mere|well"
)
# what leads to the other of two things or numbers that are compared: "90 %, frente al 86 % de X"
AGAINST = (
    r"compared (?:to|with)|in comparison (?:to|with)|comparad[oa]s? con|en comparación con|frente al?|respecto al?|"
    r"versus|vs\.?|against|contra"
)
AND_OR = r"(?:y|e|o|u|and|or|&)"  # between the names of a list
INSTEAD = r"instead of|rather than|en (?:lugar|vez) de"
# what a company is called that was named before: "la compañía", "the startup"
COMPANY = r"company|startup|start-up|firm|lab|empresa|compañía|firma|laboratorio"
MONTH = (
    r"(?:(?:en|febr)ero|marzo|abril|mayo|ju[nl]io|agosto|(?:sept?iem|octu|noviem|diciem)bre|Jan(?:uary)?|Feb(?:ruary)?|"
    r"Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b"
)
# what else a company is said to be: "Zarbola, a chipmaker", "la farmacéutica Zarbola"
SORTS_OF_COMPANY = (
    "start-?up", "scale-?up", "spin-?off", "fintech", "insurtech", "edtech", "proptech", "healthtech", "company",
    "firm", "fund", "lab", "non-?profit", "chipmaker", "neocloud", "hyperscaler", "automaker", "carmaker", "utility",
    "provider", "supplier", "operator", "empresa", "compañía", "firma", "consultora", "laboratorio", "ONG", "fondo",
    "grupo", "gestora", "promotora", "eléctrica", "energética", "tecnológica", "fabricante", "proveedora?",
    "operadora", "neonube", "constructora", "farmacéutica", "multinacional", "desarrolladora", "aseguradora",
    "teleco",
)  # fmt: skip
# whose name may stand before that of a card: "2x Palit RTX 3090"
CARD_MAKERS = (
    r"nvidia|amd|google|huawei|intel|amazon|aws|tesla|evga|asus|msi|gigabyte|zotac|pny|palit|gainward|geforce|instinct|"
    r"hopper|blackwell|cloud|tensor core"
)
OF_RAM = r"\s(?:de\s)?(?:v?ram|memoria|memory)\b"  # 16 Gb de RAM are bytes
# behind a number that says by how much something is more: "$200 million higher than", "a 13 GB shortfall"
DIFFERENCE = (
    r"\s(?:(?:higher|lower|fewer|bigger|larger|smaller|cheaper|above|below)\s(?:than|the|its|what)|"
    r"(?:[\w-]+\s){0,2}?(?:shortfall|deficit|increase|decrease|rise|jump|hike|drop|decline)|"
    r"(?:more|less)\sthan(?!\s(?:\w+\s){1,2}(?:years?|months?|weeks?|days?)\s(?:after|since|into|before))|short of|"
    r"(?:más|menos)\s(?:que|de lo)|menos\sen\s(?:ventas|ingresos)|por (?:encima|debajo) de)\b"
)
TO_NUMBER = rf"(?:(?:{APPROX}|el|los|las|un|una|the|an?)\s)*[~≈≥$€£*_]*"
