-- purpose: By how much a number may be off because it is rounded: one unit of its last digit that is not 0, as a share
--          of it; no less than 5 % and no more than 25 %. Of 1.8e12 it is 1/18, of 671e9 5 %, of 2e12 25 %.
-- grain: a number above 0
-- parameters: number DOUBLE
create or replace macro rounding(number) as
least(
    0.25,
    greatest(
        0.05,
        case
            when abs(10 ** (log10(number) % 1) - round(10 ** (log10(number) % 1))) < 1e-9
                then 1 / 10 ** (log10(number) % 1)
            when abs(10 ** (log10(number) % 1) - round(10 ** (log10(number) % 1), 1)) < 1e-9
                then 0.1 / 10 ** (log10(number) % 1)
            else 0
        end
    )
);
