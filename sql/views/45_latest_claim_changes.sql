-- purpose: The latest of the claim_changes in a period: at least as many as asked for, if there are as many, and all of
--          the last post among them.
-- grain: one row per changed post, revision and claim that differs; the n-th number of a kind is held against the n-th
-- parameters: since DATE, until DATE, most INTEGER; null stands for no limit
create or replace macro latest_claim_changes(since, until, most) as table (
    with steps as (
        select
            r.post_id,
            r.revision,
            r.replaced_at,
            row_number() over (order by r.replaced_at desc, r.post_id, r.revision) as step
        from post_revisions as r
        semi join published as p on r.post_id = p.post_id
        where
            (since is null or cast(r.replaced_at as date) >= since)
            and (until is null or cast(r.replaced_at as date) <= until)
    ),

    -- the claims before and after each step; the words of those of today are read at the end, and only
    -- those of copies have no numbers
    sides as materialized (
        select
            s.step,
            true as is_old,
            hash(c.metric, coalesce(c.subject_id, c.subject), c.scope, c.benchmark) as about,
            c.metric,
            c.subject,
            c.subject_id,
            c.scope,
            c.value,
            c.modality,
            c.quote,
            cast(null as bigint) as claim_row,
            c.char_start
        from steps as s
        inner join claim_revisions as c on s.post_id = c.post_id and s.revision = c.revision
        union all
        select
            s.step,
            false as is_old,
            hash(c.metric, coalesce(c.subject_id, c.subject), c.scope, c.benchmark) as about,
            c.metric,
            c.subject,
            c.subject_id,
            c.scope,
            c.value,
            c.modality,
            c.quote,
            cast(null as bigint) as claim_row,
            c.char_start
        from steps as s
        inner join claim_revisions as c on s.post_id = c.post_id and s.revision + 1 = c.revision
        union all
        select
            s.step,
            false as is_old,
            hash(t.metric, coalesce(t.subject_id, t.subject), t.scope, t.benchmark) as about,
            t.metric,
            t.subject,
            t.subject_id,
            t.scope,
            n.value,
            t.modality,
            cast(null as varchar) as quote,
            n.claim_row,
            n.char_start
        from steps as s
        inner join posts as p on s.post_id = p.post_id and s.revision + 1 = p.revision
        inner join numbered_claims as n on p.rowid = n.post_row
        inner join claim_terms as t on n.terms = t.terms
        union all
        select
            s.step,
            false as is_old,
            hash(c.metric, coalesce(c.subject_id, c.subject), c.scope, c.benchmark) as about,
            c.metric,
            c.subject,
            c.subject_id,
            c.scope,
            c.value,
            c.modality,
            cast(null as varchar) as quote,
            c.rowid as claim_row,
            c.char_start
        from steps as s
        inner join posts as p on s.post_id = p.post_id and s.revision + 1 = p.revision
        inner join claims as c on p.post_id = c.post_id
        where p.duplicate_of is not null
    ),

    unequal as (
        select s.step
        from sides as s
        group by s.step, s.about, s.value, s.modality
        having count(*) != 2 * count(*) filter (where s.is_old)
    ),

    -- each of these gives a row or more
    latest as (
        select distinct u.step
        from unequal as u
        order by u.step
        limit most
    ),

    numbered as (
        select
            s.*,
            row_number() over (
                partition by s.step, s.is_old, s.about, s.value, s.modality order by s.char_start
            ) as copy
        from sides as s
        semi join latest as l on s.step = l.step
    ),

    unmatched as (
        select n.*
        from numbered as n
        anti join numbered as o
            on
                n.step = o.step and n.about = o.about and n.value = o.value and n.modality = o.modality
                and n.copy = o.copy and n.is_old != o.is_old
    ),

    in_order as (
        select
            u.*,
            row_number() over (partition by u.step, u.is_old, u.about order by u.char_start, u.value) as nth
        from unmatched as u
    ),

    before as (
        select i.*
        from in_order as i
        where i.is_old
    ),

    after as (
        select i.*
        from in_order as i
        where not i.is_old and i.claim_row is null
        union all
        select i.* replace (c.quote as quote)
        from in_order as i
        inner join claims as c on i.claim_row = c.rowid
    ),

    paired as (
        select
            coalesce(o.step, n.step) as step,
            coalesce(o.metric, n.metric) as metric,
            coalesce(n.subject, o.subject) as subject,
            coalesce(n.subject_id, o.subject_id) as subject_id,
            coalesce(o.scope, n.scope) as scope,
            case
                when o.step is null then 'appeared'
                when n.step is null then 'disappeared'
                else 'changed'
            end as what,
            o.value as old_value,
            n.value as new_value,
            o.modality as old_modality,
            n.modality as new_modality,
            o.quote as old_quote,
            n.quote as new_quote
        from before as o
        full join after as n on o.step = n.step and o.about = n.about and o.nth = n.nth
    )

    select
        p.post_id,
        s.revision + 1 as revision,
        s.replaced_at as changed_at,
        a.metric,
        a.subject,
        a.subject_id,
        a.scope,
        a.what,
        a.old_value,
        a.new_value,
        a.old_modality,
        a.new_modality,
        a.old_quote,
        a.new_quote,
        p.source_id,
        p.title,
        p.url,
        p.published_on
    from paired as a
    inner join steps as s on a.step = s.step
    inner join published as p on s.post_id = p.post_id
);
