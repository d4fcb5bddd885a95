-- purpose: The chance (Fisher's exact test, both sides) that hits_a of total_a and hits_b of total_b differ this much
--          or more if both are drawn alike. Sound for small counts, where a difference of shares is not. Above 20,000
--          hits it is not worked out: null.
-- grain: a value between 0 and 1
-- parameters: hits_a BIGINT, total_a BIGINT, hits_b BIGINT, total_b BIGINT
create or replace macro tail_chance(hits_a, total_a, hits_b, total_b) as
case
    when hits_a + hits_b <= 20000
        then least(
            1.0,
            2 * least(
                list_sum(list_transform(
                    range(greatest(0, hits_a + hits_b - total_b), hits_a + 1),
                    lambda i: exp(
                        lgamma(total_a + 1) - lgamma(i + 1) - lgamma(total_a - i + 1)
                        + lgamma(total_b + 1) - lgamma(hits_a + hits_b - i + 1)
                        - lgamma(total_b - hits_a - hits_b + i + 1)
                        - lgamma(total_a + total_b + 1) + lgamma(hits_a + hits_b + 1)
                        + lgamma(total_a + total_b - hits_a - hits_b + 1)
                    )
                )),
                list_sum(list_transform(
                    range(hits_a, least(total_a, hits_a + hits_b) + 1),
                    lambda i: exp(
                        lgamma(total_a + 1) - lgamma(i + 1) - lgamma(total_a - i + 1)
                        + lgamma(total_b + 1) - lgamma(hits_a + hits_b - i + 1)
                        - lgamma(total_b - hits_a - hits_b + i + 1)
                        - lgamma(total_a + total_b + 1) + lgamma(hits_a + hits_b + 1)
                        + lgamma(total_a + total_b - hits_a - hits_b + 1)
                    )
                ))
            )
        )
end;
