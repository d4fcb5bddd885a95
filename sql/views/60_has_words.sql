-- purpose: Whether a post has all of some words, which are of a-z and 0-9, in its title or its text, without regard to
--          case and accents. From the fifth on, words are looked for in a slower way.
-- grain: true or false
-- parameters: title VARCHAR, body VARCHAR, words VARCHAR[]
create or replace macro has_words(title, body, words) as (
    len(words) > 0
    and (regexp_matches(body, spelled(words[1])) or coalesce(regexp_matches(title, spelled(words[1])), false))
    and (
        words[2] is null
        or regexp_matches(body, spelled(words[2]))
        or coalesce(regexp_matches(title, spelled(words[2])), false)
    )
    and (
        words[3] is null
        or regexp_matches(body, spelled(words[3]))
        or coalesce(regexp_matches(title, spelled(words[3])), false)
    )
    and (
        words[4] is null
        or regexp_matches(body, spelled(words[4]))
        or coalesce(regexp_matches(title, spelled(words[4])), false)
    )
    and (
        words[5] is null
        or list_bool_and(list_transform(
            words[5:], lambda word: contains(strip_accents(lower(concat(title, ' ', body))), word)
        ))
    )
);
