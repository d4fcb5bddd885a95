"""From a number to the beginning of a claim: what it measures, by its own unit or by that of another number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.extract.claims import ellipsis, items, letters, parallel, sums, unitless
from pipeline.extract.claims.borrowed import borrowed, lent
from pipeline.extract.claims.drafting import as_twin, draft_for
from pipeline.extract.claims.labels import metric_of_label
from pipeline.extract.claims.metric import choose
from pipeline.extract.claims.money import NO_CLAIM
from pipeline.extract.claims.parts import active_of, chosen_of, is_kind_of_expert, mixture_metric, part_of
from pipeline.extract.claims.patterns import is_pointed_at
from pipeline.extract.claims.prices import price_unit
from pipeline.extract.claims.scores import score_of
from pipeline.extract.claims.shares import share_of_right
from pipeline.extract.claims.windows import is_plain_window, is_said_window, is_threshold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.extract.claims.benchmarks import Benchmark, Named
    from pipeline.extract.claims.draft import Draft
    from pipeline.extract.claims.setting import Decision, Setting
    from pipeline.extract.quantity import Quantity

_OUTPUT = re.compile(r"\s(?:de\s|tokens?\s|max(?:imum)?\s)*(?:output|completion|salida|respuesta)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of a sentence, and what was found before the one that is looked at."""

    quantities: Sequence[Quantity]
    found: Sequence[Draft]  # in this sentence
    earlier: Sequence[Draft]  # in the sentences of the block before it
    previous: Sequence[Draft]  # in the sentence that had claims last, maybe in another block
    named: Sequence[Named]  # the benchmarks that the sentence names
    benchmark: Benchmark | None  # the one named last before it

    @property
    def before(self) -> list[Draft]:
        """All claims of the block so far."""
        return [*self.earlier, *self.found]


def draft_of(at: int, setting: Setting, numbers: Numbers) -> Draft | None:
    """The claim that the number `quantities[at]` makes, or None."""
    quantity = numbers.quantities[at]
    if quantity.dimension in {"bare", "none"} and (twin := parallel.weighed(quantity, numbers.found, setting)):
        draft = as_twin(quantity, twin, "weighed against the number before", setting)
        return draft._replace(benchmark=twin.benchmark)
    if quantity.dimension == "bare":
        return _without_unit(at, setting, numbers)
    if quantity.dimension not in {"percent", "none"}:
        return _that_sum(quantity, setting, numbers) or _with_unit(quantity, setting, numbers)
    benchmark, reason = score_of(quantity, setting, numbers.named, numbers.benchmark)
    if benchmark:
        return draft_for(quantity, "benchmark_score", reason, setting)._replace(benchmark=benchmark.name)
    if twin := ellipsis.gapped_score(quantity, numbers.found, setting) or ellipsis.score_before(
        quantity, numbers.found, setting
    ):
        same = draft_for(quantity, "benchmark_score", "a score, as the one before, of another", setting)
        return same._replace(benchmark=twin.benchmark, elliptic=True)
    if quantity.dimension == "percent":
        return _share(quantity, setting, numbers)
    return _without_unit(at, setting, numbers)


def _with_unit(quantity: Quantity, setting: Setting, numbers: Numbers) -> Draft | None:
    """The claim of a number with a unit of its own."""
    metric, reason = choose(quantity, setting)
    if metric in {None, "price"} or quantity.currency:
        if draft := _other_sum(quantity, (metric, reason), setting, numbers):
            return draft
        if metric in {None, "price"} and (
            worked_out := sums.sum_of_before(quantity, setting, numbers.before or numbers.previous)
        ):
            metric, reason = "training_cost", worked_out
    is_denied = metric is None and reason.startswith(NO_CLAIM)
    if metric is None:
        metric, reason = metric_of_label(quantity, setting)
    if metric is None and is_denied:
        return None
    if metric is None or sums.is_said_before(quantity, metric, numbers.before, setting):
        return _sum_again(quantity, setting, numbers)
    draft = draft_for(quantity, metric, reason, setting)
    if metric == "price" and draft.per is None:
        is_far = "of the list" in reason or ("bracket" in reason and setting.names("model"))
        since = _PRICES_BEFORE if is_far else draft.start - setting.clause[0]
        return draft._replace(per=price_unit(setting.page, draft.start, since))
    return draft


def _that_sum(quantity: Quantity, setting: Setting, numbers: Numbers) -> Draft | None:
    """That $12 million figure: whatever the words around it, it is the one that was said before."""
    span = (setting.sentence.start, quantity.start, quantity.end)
    return _sum_again(quantity, setting, numbers) if is_pointed_at(setting.page.text, *span) else None


def _sum_again(quantity: Quantity, setting: Setting, numbers: Numbers) -> Draft | None:
    """A sum said again, or of another time, by which alone nobody could tell what it is."""
    if not quantity.currency:
        return None
    before = numbers.before or numbers.previous
    again = next((d for d in before if d.currency == quantity.currency and d.value == quantity.value), None)
    if again:
        return as_twin(quantity, again, "the sum that was said before", setting)
    twin = parallel.at_another_time(quantity, numbers.before, setting)
    twin = twin or parallel.sum_of_another(quantity, numbers.before, setting)
    twin = twin or sums.sum_expected(quantity, numbers.before, setting)
    twin = twin or parallel.same_figure(quantity, numbers.before, setting)
    return as_twin(quantity, twin, "as the one before, at another time", setting) if twin else None


def _share(quantity: Quantity, setting: Setting, numbers: Numbers) -> Draft | None:
    """A score where no benchmark is named beside it."""
    shared = share_of_right(quantity, setting, numbers.found, numbers.earlier)
    if shared is None:
        return None
    return draft_for(quantity, "benchmark_score", shared[1], setting)._replace(benchmark=shared[0])


def _other_sum(quantity: Quantity, decision: Decision, setting: Setting, numbers: Numbers) -> Draft | None:
    """A sum that is what the one before it is: its words alone say nothing, or another thing."""
    metric, reason = decision
    found = numbers.found
    if quantity.dimension == "money" and (first := sums.converted(quantity, found, setting.page.text)):
        started = draft_for(quantity, first.metric, "the sum before, in another currency", setting)
        return started._replace(per=quantity.per or first.per, elliptic=True)
    twin = found[-1] if found and quantity.dimension == "money" and found[-1].currency == quantity.currency else None
    if twin and metric in {None, "price"} and twin.metric == "price" and 1e-3 < quantity.value / twin.value < 1e3:
        if of_all := sums.of_all(quantity, twin, setting):
            return draft_for(quantity, of_all, "what all comes to, at the price before", setting)
        started = draft_for(quantity, "price", "a price, as the one before", setting)
        return started._replace(per=quantity.per or twin.per)
    if metric and quantity.currency and (first := parallel.same_of_another(quantity, numbers.before, setting, reason)):
        return as_twin(quantity, first, "a sum, as the one before, of another", setting)
    if quantity.currency and (whole := sums.whole_of(quantity, found, setting)):
        return as_twin(quantity, whole, "a part of the sum before", setting)
    alike = twin is not None and 1e-3 < quantity.value / twin.value < 1e3
    if metric is None and twin and alike and ellipsis.linked(setting.page.text, twin.end, quantity.start):
        return as_twin(quantity, twin, "a sum, coordinated with the one before", setting)
    first = ellipsis.compared_sum(quantity, found, setting.page.text) if quantity.currency else None
    if first and (metric is None or first.metric == "training_cost"):
        return as_twin(quantity, first, "a sum, as the one with which it is compared", setting)
    before = numbers.before or numbers.previous
    if metric is None and sums.price_as_before(quantity, setting, before):
        started = draft_for(quantity, "price", "a price, as the sentence before", setting)
        return started._replace(per=quantity.per or before[-1].per)
    return None


def _without_unit(at: int, setting: Setting, numbers: Numbers) -> Draft | None:
    """The claim of a number without a unit, unless what follows says that it is no size of a window."""
    quantity = numbers.quantities[at]
    if setting.is_ai and (metric := mixture_metric(quantity, numbers.quantities[at + 1 : at + 2])):
        return draft_for(quantity, metric, "so many experts of that size: 8x7B", setting)
    if quantity.number.suffix in {"k", "K", "M"} and is_threshold(quantity, setting):
        return None
    if is_said_window(quantity, setting):
        draft: Draft | None = draft_for(quantity, "context_length", "a word of windows behind a bare number", setting)
    else:
        draft = _unitless(at, setting, numbers)
    if draft and draft.metric == "context_length" and _OUTPUT.match(setting.page.text, draft.end):
        return None
    return draft


def _unitless(at: int, setting: Setting, numbers: Numbers) -> Draft | None:
    """A number without a unit: it has that of a number before or after it, or a letter tells."""
    quantity = numbers.quantities[at]
    if twin := part_of(quantity, numbers.found, setting):
        draft = as_twin(quantity, twin, "a part of what is before it", setting)
        return draft if is_kind_of_expert(setting.page.text, quantity, twin) else _active(draft)
    if twin := active_of(quantity, numbers.before, setting):
        return _active(as_twin(quantity, twin, "the active part of what is before it", setting))
    twin, reason = ellipsis.twin_metric(quantity, numbers.found, setting)
    if twin and _is_another_size(quantity, twin, setting):
        twin = None
    if not twin:
        twin, reason = ellipsis.follows(quantity, numbers.before, setting)
    if twin:
        return as_twin(quantity, twin, reason, setting)
    following = _following(at, setting, numbers)
    if following:
        return _as_following(quantity, following, setting)
    if metric := unitless.unit_behind_bracket(setting.page.text, quantity):
        return draft_for(quantity, metric, "the unit stands behind a bracket", setting)
    labelled, reason = metric_of_label(quantity, setting)
    if labelled is None and setting.is_ai and is_plain_window(quantity, setting):
        labelled, reason = "context_length", "a window, by the word right before"
    if labelled:
        return draft_for(quantity, labelled, reason, setting)
    return (
        _by_letter(quantity, setting, numbers)
        or _money(quantity, setting, numbers)
        or _again(quantity, setting, numbers)
    )


def _again(quantity: Quantity, setting: Setting, numbers: Numbers) -> Draft | None:
    """What was said before, of somebody else; or a number that can be but one thing."""
    twin, reason = parallel.repeated(quantity, numbers.before, setting)
    if not twin and (twin := parallel.at_another_time(quantity, numbers.before, setting)):
        reason = "as the one before, at another time"
    if not twin and (twin := parallel.same_figure(quantity, numbers.before, setting)):
        reason = "the figure before goes on"
    if not twin and (twin := parallel.is_price_again(setting.page.text, quantity, numbers.before)):
        reason = "a price, as the one before"
    if not twin and (twin := items.in_list(quantity, numbers.previous, setting)):
        reason = "as the item before, of another name"
    if twin:
        return as_twin(quantity, twin, reason, setting)
    if unitless.counts_parameters(quantity, setting):
        return draft_for(quantity, "parameters", "so many parameters, of which the text speaks", setting)
    if unitless.counts_users(quantity, setting):
        return draft_for(quantity, "users", "so many users, of which the clause speaks", setting)
    if unitless.is_rate(quantity, setting):
        return draft_for(quantity, "throughput", "tokens, so many per second", setting)
    if unitless.bare_compute(quantity, setting):
        return draft_for(quantity, "training_compute", "so many operations", setting)
    metric, reason = unitless.bare_sum(quantity, setting)
    return draft_for(quantity, metric, reason, setting) if metric else None


def _is_another_size(quantity: Quantity, twin: Draft, setting: Setting) -> bool:
    """Whether a number is a size, whatever stood before it: "(500MB) … the 774M model"."""
    suffix = quantity.number.suffix
    if twin.metric == "memory" and suffix:
        return True
    if twin.metric == "training_dataset_size" and suffix == "B" and _SCOPE_AFTER.match(setting.page.text, quantity.end):
        return True
    return twin.metric != "parameters" and letters.is_size_word(setting.page.text, quantity.start, suffix)


_PRICES_BEFORE = 2500  # characters in which a list has said what its prices are for
_SCOPE_AFTER = re.compile(r"\s(?:total(?:es)?|active|activ[oa]s|en total|in total)\b")


def _active(draft: Draft) -> Draft:
    return draft._replace(scope="active") if draft.metric in {"experts", "parameters"} else draft


def _following(at: int, setting: Setting, numbers: Numbers) -> Quantity | None:
    """The next number with a unit, where only list words stand between."""
    last = numbers.quantities[at]
    for following in numbers.quantities[at + 1 : at + 8]:
        if chosen_of(last, following, setting):
            return following
        if not ellipsis.forward_link(setting.page.text, last, following):
            return None
        if following.dimension not in {"bare", "none", "percent"}:
            return None if following.dimension == "byte" and last.number.suffix else following
        last = following
    return None


def _as_following(quantity: Quantity, following: Quantity, setting: Setting) -> Draft | None:
    metric, why = choose(following, setting)
    if not metric or metric == "training_time":
        return None
    draft = draft_for(lent(quantity, following) or quantity, metric, f"unit of its twin after it; {why}", setting)
    draft = draft._replace(currency=following.currency, per=following.per, hardware=following.hardware, elliptic=True)
    return _active(draft) if chosen_of(quantity, following, setting) else draft


def _by_letter(quantity: Quantity, setting: Setting, numbers: Numbers) -> Draft | None:
    """7B, 128k: a letter, and what stands around."""
    if quantity.dimension != "bare" and quantity.number.suffix not in {"B", "T", "M", "k", "K"}:
        return None
    last = numbers.found[-1] if numbers.found else None
    if quantity.number.suffix == "T" and last and last.metric == "training_dataset_size":
        return as_twin(quantity, last, "so many tokens, as those before", setting)  # no model has trillions
    sizes = sum(letters.is_size(q) for q in numbers.quantities)
    sizes += any(d.metric == "parameters" for d in numbers.found) and quantity.number.suffix in {"B", "T"}
    metric, reason = letters.bare_metric(quantity, setting, sizes)
    if metric is None and letters.is_of_model(quantity, setting):
        metric, reason = "parameters", "a size: a model is so large"
    return draft_for(quantity, metric, reason, setting) if metric else None


def _money(quantity: Quantity, setting: Setting, numbers: Numbers) -> Draft | None:
    money = [d for d in numbers.before if d.currency]
    twin, metric, reason = sums.money_of_context(quantity, setting, money)
    if not twin or not metric:
        return None
    quantity = quantity if quantity.number.suffix else borrowed(quantity, twin)
    return draft_for(quantity, metric, reason, setting)._replace(currency=twin.currency, elliptic=True)
